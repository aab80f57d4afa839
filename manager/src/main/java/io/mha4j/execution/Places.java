package io.mha4j.execution;

import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.Outcome;
import io.mha4j.decision.Step;
import io.mha4j.execution.level.SqlMarks;
import io.mha4j.report.EventLog;
import io.mha4j.topology.ReplicaStatus;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far replicas are in the old source's binary log by position, whatever their status shows: it does not know what they were
 * given over SQL, in this run or in one before. Different servers may be asked for by different threads.
 */
final class Places {
    private final FailoverFacts facts;
    private final SqlMarks marks;
    private final Set<ServerId> levelled = ConcurrentHashMap.newKeySet();

    /** @param facts the facts at the beginning of the run */
    Places(FailoverFacts facts, EventLog log) {
        this.facts = facts;
        this.marks = new SqlMarks(facts, log);
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
     * @throws LevellingException if it has more than that though it does not show it: others will not get that
     */
    boolean isAt(ServerId server, ReplicaStatus status, BinlogPosition place) {
        if (marks.of(server, status) instanceof SqlMarks.Reading.Further further
                && further.place().isAtOrAfter(place)
                && !further.place().equals(place)) {
            throw hasMore(server, further);
        }
        return of(server, status).filter(p -> p.isAtOrAfter(place)).isPresent();
    }

    /** It has in this run what others have. */
    void level(ServerId server) {
        levelled.add(server);
    }

    /**
     * Others are level with it that show the same, unless it was given more before this run.
     *
     * @throws LevellingException if it was
     */
    void requireShown(ServerId server, ReplicaStatus status) {
        if (facts.tree().mode().usesGtids() || wasLevelled(server)) {
            return;
        }
        if (marks.of(server, status) instanceof SqlMarks.Reading.Further further
                && !othersHave(server, further.place())) {
            throw hasMore(server, further);
        }
        of(server, status);
    }

    /** Whether every other replica has that too, as far as can be told; none lacks it where there is no other. */
    private boolean othersHave(ServerId server, BinlogPosition place) {
        return facts.tree().replicas().stream()
                .filter(other -> !other.id().equals(server))
                .allMatch(other -> !(marks.of(other.id(), other.status()) instanceof SqlMarks.Reading.Unknown)
                        && of(other.id(), other.status())
                                .filter(p -> p.isAtOrAfter(place))
                                .isPresent());
    }

    /**
     * One that is delayed on purpose may hold in its relay log what it was given all the same.
     *
     * @throws LevellingException if that would be executed a second time
     */
    void requireNothingTwice(ServerId server, ReplicaStatus status) {
        boolean holdsBack = !status.delay().isZero() && !status.appliedAllItRead();
        if (holdsBack && !facts.tree().mode().usesGtids() && !of(server, status).equals(status.applied())) {
            throw new LevellingException(
                    server,
                    "an earlier failover gave it by SQL what it holds back in its relay log; its SQL thread must not execute that again");
        }
    }

    private boolean wasLevelled(ServerId server) {
        return levelled.contains(server)
                || facts.progress().outcomes().stream()
                        .filter(o -> o instanceof Outcome.Finished && o.step() instanceof Step.Level)
                        .anyMatch(o -> o.step().server().equals(server));
    }

    private static LevellingException hasMore(ServerId server, SqlMarks.Reading.Further has) {
        return new LevellingException(
                server,
                "an earlier failover gave it events by SQL up to " + has.place()
                        + ", and what was saved this time does not go so far, so that others would lack them;"
                        + " give them to the others by hand from the archive that " + has.note()
                        + " stands beside, or build it anew, and delete that note");
    }

    /** It follows another source now, or none. */
    void forget(ServerId server) {
        marks.forget(server);
    }
}
