package io.mha4j.execution.resume;

import com.fasterxml.jackson.databind.JsonNode;
import io.mha4j.base.AddedLater;
import io.mha4j.base.MhaException;
import io.mha4j.config.Application;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.FailoverWishes;
import io.mha4j.decision.Outcome;
import io.mha4j.decision.Progress;
import io.mha4j.decision.Step;
import io.mha4j.decision.StepResult;
import io.mha4j.execution.JournaledSteps;
import io.mha4j.execution.StepWords;
import io.mha4j.report.journal.Journal;
import io.mha4j.report.journal.JournalContent;
import io.mha4j.report.journal.JournalContent.End;
import io.mha4j.report.journal.JournalContent.StepRecord;
import io.mha4j.report.json.JsonForm;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.ServerFacts;
import io.mha4j.topology.details.SourceStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the journal of a failover holds, to and fro: with it a run that was cut off is taken up where it was. */
public final class FailoverJournal {
    /** Word for the kind of run. */
    public static final String OPERATION = "failover";

    private FailoverJournal() {}

    /**
     * What a run began with; the rest of its facts is in the configuration and in its steps. Holds no secret.
     *
     * @param lastSource what the source said when the watching began
     * @param lastStatus how far it was when it was watched last
     */
    public record Beginning(
            ManagedTree tree,
            Optional<ServerFacts> lastSource,
            @AddedLater Optional<SourceStatus> lastStatus,
            boolean sshReachable,
            FailoverWishes wishes) {
        public static Beginning of(FailoverFacts facts) {
            return new Beginning(
                    facts.tree(), facts.lastSource(), facts.lastStatus(), facts.sshReachable(), facts.wishes());
        }
    }

    /**
     * A run that was cut off.
     *
     * @param name   of the run
     * @param facts  as far as its journal goes
     * @param unsure steps that began and are not known to have ended; they will be done again
     */
    public record CutRun(String name, FailoverFacts facts, List<Step> unsure) {
        public CutRun {
            unsure = List.copyOf(unsure);
        }

        /** Whether more than stopping and starting replication threads may have been done. */
        public boolean irreversible() {
            return begun().anyMatch(s -> !(s instanceof Step.StartApplier || s instanceof Step.StopReceiver));
        }

        /** The record of what is done from here on: how the run ends is judged by what was done before, too. */
        public JournaledSteps goingOnIn(Journal journal) {
            boolean cutOff = begun().anyMatch(s -> !(s instanceof Step.StartApplier));
            return new JournaledSteps(journal, cutOff, opened());
        }

        /** Whether the new source takes writes, or may. */
        public boolean opened() {
            return begun().anyMatch(s -> s instanceof Step.MakeWritable || s instanceof Step.AssignAddress);
        }

        /** Every step that may have changed something. */
        Stream<Step> begun() {
            return Stream.concat(facts.progress().outcomes().stream().map(Outcome::step), unsure.stream());
        }
    }

    /** The run cannot be taken up with this configuration or version. */
    public static final class NotResumable extends MhaException {
        NotResumable(String message) {
            super(message);
        }
    }

    /**
     * Reads an unfinished run, its servers as the configuration has them now.
     *
     * @throws NotResumable if it was no failover, or the configuration does not know its servers any more
     * @throws io.mha4j.report.json.FormException if another version wrote it
     */
    public static CutRun read(JournalContent content, JsonForm json, Application app) {
        String run = content.opened().run();
        if (!content.opened().operation().equals(OPERATION)) {
            throw new NotResumable(
                    "run " + run + " is a " + content.opened().operation()
                            + ", not a failover; finish it with the command that began it, or, if that cannot be, move its journal away");
        }
        CalledNow.gone(tree(content, json), app).ifPresent(s -> {
            throw new NotResumable("the unfinished failover " + run + " has the server " + s + " in [" + s.section()
                    + "], and " + app.confFile()
                    + " has no server of that name and port any more; put it back until that failover is finished");
        });
        return taken(content, json, CalledNow.remembering(tree(content, json), app));
    }

    /**
     * What is known of a failover that is over, whether the configuration still has all of its servers or not.
     *
     * @throws io.mha4j.report.json.FormException if another version wrote it
     */
    public static FailoverFacts history(JournalContent content, JsonForm json, Application app) {
        return taken(content, json, CalledNow.remembering(tree(content, json), app))
                .facts();
    }

    private static ManagedTree tree(JournalContent content, JsonForm json) {
        return json.read(content.opened().facts(), Beginning.class).tree();
    }

    private static CutRun taken(JournalContent written, JsonForm json, Application app) {
        JournalContent content = CalledNow.of(written, json, app);
        Beginning begin = json.read(content.opened().facts(), Beginning.class);
        List<Outcome> outcomes = new ArrayList<>();
        List<Step> unsure = new ArrayList<>();
        for (StepRecord record : content.steps()) {
            Step step = json.read(record.step(), Step.class);
            if (record.end() instanceof End.Finished finished) {
                outcomes.add(new Outcome.Finished(
                        step, json.read(finished.result(), StepResult.class), Optional.of(finished.at())));
            } else if (record.end() instanceof End.Failed failed) {
                outcomes.add(new Outcome.Failed(step, failed.error()));
            } else {
                unsure.add(step);
            }
        }
        // What was unsure once and was done again later is not unsure any more.
        Progress progress = new Progress(outcomes);
        unsure.removeIf(progress::ended);
        FailoverFacts facts = new FailoverFacts(
                app,
                begin.tree(),
                begin.lastSource(),
                begin.lastStatus(),
                begin.sshReachable(),
                begin.wishes(),
                progress);
        return new CutRun(content.opened().run(), facts, unsure);
    }

    /** One step of a journal in an operator's words. */
    public static String words(JsonNode step, JsonForm json) {
        return StepWords.of(json.read(step, Step.class));
    }
}
