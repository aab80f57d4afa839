package io.mha4j.cli.training;

import io.mha4j.base.Deadline;
import io.mha4j.base.Secret;
import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.decision.StepResult;
import io.mha4j.decision.online.OnlineStage;
import io.mha4j.decision.online.OnlineWishes;
import io.mha4j.execution.online.OnlineJournal;
import io.mha4j.ha.ManagerLock;
import io.mha4j.hooks.HookCall;
import io.mha4j.hooks.HookRunner;
import io.mha4j.remote.LocalRunner;
import io.mha4j.report.StateFiles;
import io.mha4j.report.journal.Journal;
import io.mha4j.report.journal.Journals;
import io.mha4j.report.json.JsonForm;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.ReplicationMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Does in a folder of its own what every run that changes servers does around that: takes the manager's lock, keeps a journal,
 * starts a program. Its servers are names.
 */
public final class TrainingRun {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final ServerId SOURCE = new ServerId(0, "server1", "127.0.0.1", "127.0.0.1", 1);

    private TrainingRun() {}

    public static void in(Path folder) {
        StateFiles files = new StateFiles(folder, "training");
        files.createWorkdir();
        TrainingCollections.use();
        if (ManagerLock.claim(files, SystemTime.CLOCK) instanceof ManagerLock.Claim.Ours ours) {
            try (ManagerLock lock = ours.lock()) {
                keepJournal(files);
                lock.isHeld();
            }
        }
        List<HookCall.Argument> arguments =
                List.of(new HookCall.Argument("--training", Optional.of(new Secret("yes")), true));
        new HookRunner(new LocalRunner())
                .run(new HookCall("true", arguments, false), Deadline.in(LIMIT, SystemTime.TICKS));
    }

    private static void keepJournal(StateFiles files) {
        Journals journals = new Journals(files, new JsonForm(), SystemTime.CLOCK);
        ManagedTree tree = new ManagedTree(
                SOURCE, Optional.empty(), ReplicationMode.FILE_POSITION, List.of(), List.of(), List.of(), List.of());
        StepResult.Coordinates place =
                new StepResult.Coordinates(new BinlogPosition("training-bin.000001", 4), Optional.empty());
        try (Journal journal = journals.open(
                "training", OnlineJournal.OPERATION, new OnlineJournal.Beginning(tree, OnlineWishes.DEFAULT, SOURCE))) {
            OnlineJournal stages = new OnlineJournal(journal, 0);
            stages.blocking();
            stages.opening(new OnlineStage.Opening(place, place));
            stages.opened();
            journals.unfinished();
            journal.end(place);
        }
    }
}
