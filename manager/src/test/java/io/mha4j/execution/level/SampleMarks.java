package io.mha4j.execution.level;

import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.FailoverWishes;
import io.mha4j.decision.Progress;
import io.mha4j.decision.World;
import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.Replica;
import io.mha4j.topology.ReplicationMode;
import io.mha4j.topology.SampleStatus;
import io.mha4j.topology.ServerFacts;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Marks of what two replicas were given, as runs by position see them whose archives lie in one folder. */
public final class SampleMarks {
    private SampleMarks() {}

    /** As each run of a tree that stays as it is sees them. */
    public static SqlMarks in(Path folder) {
        return of(facts(folder, false));
    }

    static SqlMarks of(FailoverFacts facts) {
        return new SqlMarks(facts, EventLog.toStream(System.out, Level.ERROR, InstantSource.system(), ZoneOffset.UTC));
    }

    /** Facts of such a run: a dead source and two replicas. */
    public static FailoverFacts facts(Path folder, boolean mariadb) {
        World.Replica fine = new World.Replica(9, 9, false, false, false, World.Health.FINE, 0, World.Stray.NONE);
        FailoverFacts any = new World(
                        false,
                        9,
                        List.of(fine, fine),
                        FailoverWishes.DEFAULT,
                        new World.Log(true, 0, 0, false),
                        new World.Setting(mariadb, ServerSettings.FenceWay.SSH, false, false, false))
                .facts();
        Application app = new Application(
                "app1",
                "app1.cnf",
                folder.toString(),
                Optional.empty(),
                "info",
                any.app().servers(),
                List.of(),
                List.of());
        return new FailoverFacts(
                app, any.tree(), Optional.empty(), Optional.empty(), true, FailoverWishes.DEFAULT, Progress.NONE);
    }

    /** Where each replica shows that place. */
    public static FailoverFacts showing(FailoverFacts facts, BinlogPosition place) {
        ManagedTree tree = facts.tree();
        List<Replica> replicas = tree.replicas().stream()
                .map(r -> new Replica(
                        r.id(), r.facts(), SampleStatus.at(place, r.status().sourceIdentity())))
                .toList();
        return new FailoverFacts(
                facts.app(),
                new ManagedTree(
                        tree.source(), Optional.empty(), tree.mode(), replicas, List.of(), List.of(), List.of()),
                Optional.empty(),
                Optional.empty(),
                true,
                FailoverWishes.DEFAULT,
                Progress.NONE);
    }

    /** Where one that says of itself what {@code self} says has that place in the configuration, and nobody else is left. */
    static FailoverFacts with(FailoverFacts facts, ServerId id, Replica self) {
        ManagedTree tree = new ManagedTree(
                facts.tree().source(),
                Optional.empty(),
                ReplicationMode.FILE_POSITION,
                List.of(new Replica(id, self.facts(), self.status())),
                List.of(),
                List.of(),
                List.of());
        return new FailoverFacts(
                facts.app(), tree, Optional.empty(), Optional.empty(), true, FailoverWishes.DEFAULT, Progress.NONE);
    }

    /** The same of an application of that name. */
    static FailoverFacts called(String name, FailoverFacts facts) {
        Application app = facts.app();
        return new FailoverFacts(
                new Application(
                        name,
                        app.confFile(),
                        app.workdir(),
                        Optional.empty(),
                        app.logLevel(),
                        app.servers(),
                        app.binlogHosts(),
                        List.of()),
                facts.tree(),
                Optional.empty(),
                Optional.empty(),
                true,
                FailoverWishes.DEFAULT,
                Progress.NONE);
    }

    /** Where the old source said that of itself. */
    static FailoverFacts with(FailoverFacts facts, ServerFacts source) {
        return new FailoverFacts(
                facts.app(),
                facts.tree(),
                Optional.of(source),
                Optional.empty(),
                true,
                FailoverWishes.DEFAULT,
                Progress.NONE);
    }
}
