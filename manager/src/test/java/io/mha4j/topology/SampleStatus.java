package io.mha4j.topology;

import io.mha4j.binlog.BinlogPosition;
import io.mha4j.topology.ReplicaStatus.Filters;
import io.mha4j.topology.ReplicaStatus.ThreadState;
import java.time.Duration;
import java.util.Optional;

/** What a replica of {@code db1} shows, in the parts that a test of one replica is about. */
public final class SampleStatus {
    private static final ThreadState RUNS = new ThreadState(true, "Yes", 0, "");
    private static final ThreadState STANDS = new ThreadState(false, "No", 0, "");

    private SampleStatus() {}

    /** It stands still where it has executed all that it read. */
    public static ReplicaStatus at(BinlogPosition place) {
        return of("repl", STANDS, Optional.of(place), false);
    }

    /** The same, of one that knows what its source is called inside. */
    public static ReplicaStatus at(BinlogPosition place, ServerIdentity source) {
        ReplicaStatus at = at(place);
        return new ReplicaStatus(
                at.channel(),
                at.sourceHost(),
                at.sourcePort(),
                at.user(),
                STANDS,
                STANDS,
                at.read(),
                at.applied(),
                Optional.empty(),
                false,
                Optional.empty(),
                Duration.ZERO,
                Optional.empty(),
                false,
                Filters.NONE,
                source);
    }

    /** It stands still, and has received more than it has executed. */
    public static ReplicaStatus received(BinlogPosition place, BinlogPosition read) {
        return behind(place, Optional.of(read), Duration.ZERO);
    }

    /** It stands still, is delayed on purpose, and has received more than it has executed. */
    public static ReplicaStatus delayed(BinlogPosition place, Optional<BinlogPosition> read) {
        return behind(place, read, Duration.ofHours(1));
    }

    /** Its applier runs and has come to the end of what was received, in the middle of a transaction. */
    public static ReplicaStatus idling(BinlogPosition place, BinlogPosition read) {
        return behind(place, Optional.of(read), Duration.ZERO, RUNS);
    }

    private static ReplicaStatus behind(BinlogPosition place, Optional<BinlogPosition> read, Duration delay) {
        return behind(place, read, delay, STANDS);
    }

    private static ReplicaStatus behind(
            BinlogPosition place, Optional<BinlogPosition> read, Duration delay, ThreadState applier) {
        ReplicaStatus at = at(place);
        return new ReplicaStatus(
                at.channel(),
                at.sourceHost(),
                at.sourcePort(),
                at.user(),
                STANDS,
                applier,
                read,
                Optional.of(place),
                Optional.empty(),
                false,
                Optional.empty(),
                delay,
                Optional.empty(),
                false,
                Filters.NONE);
    }

    /** It stands still, follows by GTID and logs in to its source with that account. */
    public static ReplicaStatus as(String user) {
        return of(user, STANDS, Optional.empty(), false);
    }

    /** It replicates by GTID. */
    public static ReplicaStatus replicating(boolean ssl) {
        return of("repl", RUNS, Optional.empty(), ssl);
    }

    private static ReplicaStatus of(String user, ThreadState both, Optional<BinlogPosition> place, boolean ssl) {
        return new ReplicaStatus(
                "",
                "db1",
                3306,
                user,
                both,
                both,
                place,
                place,
                Optional.empty(),
                place.isEmpty(),
                Optional.empty(),
                Duration.ZERO,
                Optional.empty(),
                ssl,
                Filters.NONE);
    }
}
