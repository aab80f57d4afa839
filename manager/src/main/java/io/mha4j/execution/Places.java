package io.mha4j.execution;

import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.Outcome;
import io.mha4j.decision.StepResult;
import io.mha4j.execution.level.SqlMarks;
import io.mha4j.report.EventLog;
import io.mha4j.topology.ReplicaStatus;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far replicas are in the old source's binary log by position, whatever their status shows: it does not know what they were
 * given over SQL, in this run or in one before. Different servers may be asked for by different threads.
 */
final class Places {
    private final SqlMarks marks;
    private final Map<ServerId, BinlogPosition> levelled = new ConcurrentHashMap<>();

    /** @param facts the facts at the beginning of the run */
    Places(FailoverFacts facts, EventLog log) {
        this.marks = new SqlMarks(facts, log);
        facts.progress().outcomes().forEach(this::remember);
    }

    private void remember(Outcome outcome) {
        if (outcome instanceof Outcome.Finished finished && finished.result() instanceof StepResult.Levelled at) {
            level(outcome.step().server(), at.at());
        }
    }

    SqlMarks marks() {
        return marks;
    }

    /**
     * Empty where it does not say.
     *
     * @throws LevellingException if nobody can tell what it has
     */
    Optional<BinlogPosition> of(ServerId server, ReplicaStatus status) {
        SqlMarks.Reading reading = marks.of(server, status);
        if (reading instanceof SqlMarks.Reading.Unknown unknown) {
            throw new LevellingException(server, unknown.why());
        }
        return reading instanceof SqlMarks.Reading.Further further ? Optional.of(further.place()) : status.applied();
    }

    /** @throws LevellingException if it does not say, or nobody can tell */
    BinlogPosition known(ServerId server, ReplicaStatus status) {
        return of(server, status)
                .orElseThrow(() ->
                        new LevellingException(server, "it does not say how far it is in the old source's binary log"));
    }

    /**
     * Whether it is there or further.
     *
     * @throws LevellingException if nobody can tell what it has
     */
    boolean isAt(ServerId server, ReplicaStatus status, BinlogPosition place) {
        return of(server, status).filter(p -> p.isAtOrAfter(place)).isPresent();
    }

    /** In this run it has been given everything up to there. */
    void level(ServerId server, BinlogPosition upTo) {
        levelled.merge(server, upTo, (one, other) -> one.isAtOrAfter(other) ? one : other);
    }

    /**
     * How far it is for certain, counting what this run gave it; empty where it does not say.
     *
     * @throws LevellingException if nobody can tell what it has, and this run gave it nothing
     */
    Optional<BinlogPosition> reached(ServerId server, ReplicaStatus status) {
        Optional<BinlogPosition> given = Optional.ofNullable(levelled.get(server));
        if (given.isPresent() && marks.of(server, status) instanceof SqlMarks.Reading.Unknown) {
            return given;
        }
        Optional<BinlogPosition> shown = of(server, status);
        return given.filter(g -> shown.filter(s -> s.isAtOrAfter(g)).isEmpty()).or(() -> shown);
    }

    /**
     * What it has received and not executed may be what it was given all the same: its receiver may have fetched that again
     * meanwhile, or it holds it back on purpose.
     *
     * @throws LevellingException if that would be executed a second time
     */
    void requireNothingTwice(ServerId server, ReplicaStatus status) {
        if (status.appliedAllItRead()) {
            return;
        }
        SqlMarks.Reading reading = marks.of(server, status);
        if (reading instanceof SqlMarks.Reading.Unknown unknown) {
            throw new LevellingException(server, unknown.why());
        }
        if (reading instanceof SqlMarks.Reading.Further further && !hasFetchedNothing(further, status)) {
            throw new LevellingException(
                    server,
                    "an earlier failover gave it events by SQL up to " + further.place()
                            + " that its relay log may hold too, and its SQL thread must not execute them again; there "
                            + further.cure() + ", which throws that relay log away, and start the failover again");
        }
    }

    /**
     * What it has received, if nothing whole of that is left to execute. One that is delayed on purpose, or whose SQL thread stood
     * still, may hold what it is given now.
     *
     * @param settled its status when its own relay log was to be executed
     * @param now     its status since
     */
    Optional<BinlogPosition> executedUpTo(ServerId server, ReplicaStatus settled, ReplicaStatus now) {
        boolean cameToEnd = settled.delay().isZero()
                && settled.applier().running()
                && settled.receiver().word().equals("No")
                && settled.read().equals(now.read());
        return now.read()
                .filter(read -> cameToEnd
                        || (marks.of(server, now) instanceof SqlMarks.Reading.Further further
                                && hasFetchedNothing(further, now)));
    }

    /** Behind what it has executed stands the beginning of a transaction whose source died, as it did then. */
    private static boolean hasFetchedNothing(SqlMarks.Reading.Further since, ReplicaStatus status) {
        return status.delay().isZero()
                && since.read().isPresent()
                && since.read().equals(status.read());
    }
}
