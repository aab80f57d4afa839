package io.mha4j.topology.details;

import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.Gtids;
import io.mha4j.binlog.MariadbGtids;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far a source was at one moment while it was watched, and who acknowledged its commits.
 *
 * @param at            wall time of the manager just before it was asked
 * @param end           where the next event would be written
 * @param executed      its executed GTIDs, where it has any
 * @param acknowledging how its commits waited; absent where semi-synchronous replication is not there or not enabled,
 *     or where that is too old to tell
 * @param registered    {@code server_id} of each server that was connected as a replica; absent where the server does not tell
 */
public record SourceStatus(
        Instant at,
        BinlogPosition end,
        Optional<Gtids> executed,
        Optional<Acknowledging> acknowledging,
        Optional<List<Long>> registered) {
    public SourceStatus {
        registered = registered.map(List::copyOf);
    }

    /** The same, of which it is known by another clock when that was. */
    public SourceStatus at(Instant time) {
        return new SourceStatus(time, end, executed, acknowledging, registered);
    }

    /** The same, which is too old to say how commits wait. MariaDB counts those that may wait as executed: nothing is said of these. */
    public SourceStatus withoutAcknowledging() {
        Optional<Gtids> certain = executed.filter(e -> acknowledging.isEmpty() || !(e instanceof MariadbGtids));
        return new SourceStatus(at, end, certain, Optional.empty(), Optional.empty());
    }

    /**
     * Semi-synchronous replication as the source had it.
     *
     * @param on         {@code Rpl_semi_sync_source_status}: it did not go back to asynchronous replication while it was asked
     * @param afterSync  {@code rpl_semi_sync_source_wait_point} is AFTER_SYNC: nobody reads what is not acknowledged
     * @param waitsAlone {@code rpl_semi_sync_source_wait_no_replica}: it waits though too few replicas are connected
     * @param timeout    {@code rpl_semi_sync_source_timeout}: a commit that waits longer ends the waiting of all
     * @param needed     {@code rpl_semi_sync_source_wait_for_replica_count}: acknowledgements that a commit waits for
     * @param clients    {@code Rpl_semi_sync_source_clients}: replicas that acknowledged
     * @param waited     how long the oldest commit that waited had done so at most; zero where none did
     */
    public record Acknowledging(
            boolean on,
            boolean afterSync,
            boolean waitsAlone,
            Duration timeout,
            long needed,
            long clients,
            Duration waited) {}
}
