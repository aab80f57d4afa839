package io.mha4j.cli.check;

import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.config.Application;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.FailoverWishes;
import io.mha4j.decision.Progress;
import io.mha4j.decision.check.Check;
import io.mha4j.decision.check.CheckFinding;
import io.mha4j.execution.level.SqlMarks;
import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.Replica;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Replicas that a failover by position gave events by SQL before it broke off: replicating on, they would execute them twice. */
final class GivenBySql {
    private final SqlMarks marks;
    private final ManagedTree tree;

    GivenBySql(Application app, ManagedTree tree) {
        EventLog nobody = EventLog.toStream(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                Level.ERROR,
                SystemTime.CLOCK,
                SystemTime.zone());
        FailoverFacts facts = new FailoverFacts(
                app, tree, tree.sourceFacts(), Optional.empty(), false, FailoverWishes.DEFAULT, Progress.NONE);
        this.marks = new SqlMarks(facts, nobody);
        this.tree = tree;
    }

    /** One for each of them, and no other of {@code findings} that tells to start its threads. */
    List<CheckFinding> with(List<CheckFinding> findings) {
        List<CheckFinding> all = new ArrayList<>(findings);
        if (tree.mode().usesGtids()) {
            return all;
        }
        try {
            tree.allReplicas().forEach(replica -> finding(replica).ifPresent(found -> {
                all.replaceAll(other -> isCuredByStarting(other, replica.id())
                        ? new CheckFinding(
                                other.check(),
                                other.server(),
                                other.cause(),
                                "Do first what " + Check.GIVEN_BY_SQL.label() + " says of it.")
                        : other);
                all.add(found);
            }));
        } catch (MhaException e) {
            all.add(CheckFinding.general(Check.UNKNOWN, e.getMessage() + ".", "Let this user read the directory."));
        }
        return all;
    }

    private static boolean isCuredByStarting(CheckFinding finding, ServerId server) {
        return finding.check() == Check.REPLICATION && finding.server().equals(Optional.of(server));
    }

    private Optional<CheckFinding> finding(Replica replica) {
        SqlMarks.Reading reading = marks.of(replica.id(), replica.status());
        if (reading instanceof SqlMarks.Reading.Unknown unknown) {
            return Optional.of(found(replica.id(), replica.id() + ": " + unknown.why() + ".", "Start nothing there."));
        }
        return reading instanceof SqlMarks.Reading.Further further
                ? Optional.of(found(
                        replica.id(),
                        replica.id() + " was given events by SQL up to " + further.place()
                                + " by a failover that broke off, and its status does not show them: it would execute them a second time.",
                        "Before any of its threads is started, " + further.cure() + "."))
                : Optional.empty();
    }

    private static CheckFinding found(ServerId server, String cause, String cure) {
        return new CheckFinding(Check.GIVEN_BY_SQL, Optional.of(server), cause, cure);
    }
}
