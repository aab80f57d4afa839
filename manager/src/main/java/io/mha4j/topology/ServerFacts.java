package io.mha4j.topology;

import io.mha4j.base.AddedLater;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.GtidSet;
import io.mha4j.binlog.Gtids;
import io.mha4j.binlog.MariadbGtids;
import java.util.List;
import java.util.Optional;

/**
 * What a living server said about itself in one sweep.
 *
 * @param version         {@code VERSION()}
 * @param serverId        {@code server_id}
 * @param serverUuid      {@code server_uuid}; MySQL 5.6 and later only
 * @param readOnly        {@code read_only}
 * @param superReadOnly   {@code super_read_only}; false where the server does not know it
 * @param offline         {@code offline_mode}: it lets nobody in but administrators; false where the server does not know it
 * @param binlog          its own binary log; absent when {@code log_bin} is off
 * @param gtidsOn         MySQL: {@code gtid_mode=ON}; MariaDB: always true
 * @param executed        MySQL with GTIDs: {@code gtid_executed}; MariaDB: {@code gtid_current_pos} and {@code gtid_binlog_state}
 * @param purged          MySQL with GTIDs: {@code gtid_purged}
 * @param replication     one entry per channel that it knows, at work or not; empty for a server that is no replica
 * @param relayLogPurge   {@code relay_log_purge}
 * @param parallelWorkers {@code replica_parallel_workers} or its older names; 0 or 1 is serial
 * @param checkpointMillis {@code replica_checkpoint_period}: every how many milliseconds a parallel applier of MySQL says how
 *     far it is; 0 where the server knows none
 * @param syncBinlog      {@code sync_binlog}: after how many commits its binary log is written to its disk; 0 is never
 * @param eventScheduler  {@code event_scheduler} in the server's word (ON, OFF, DISABLED)
 * @param semiSync        semi-synchronous replication
 * @param datadir         {@code datadir}
 * @param seat            where else its process has its own
 * @param refusedKind     names what we do not manage: {@code Group Replication}, {@code Galera}, {@code NDB}
 */
public record ServerFacts(
        ServerVersion version,
        long serverId,
        Optional<String> serverUuid,
        boolean readOnly,
        boolean superReadOnly,
        @AddedLater boolean offline,
        Optional<OwnBinlog> binlog,
        boolean gtidsOn,
        Optional<Gtids> executed,
        Optional<Gtids> purged,
        List<ReplicaStatus> replication,
        boolean relayLogPurge,
        int parallelWorkers,
        long checkpointMillis,
        long syncBinlog,
        String eventScheduler,
        SemiSync semiSync,
        String datadir,
        Seat seat,
        Optional<String> refusedKind) {
    public ServerFacts {
        replication = List.copyOf(replication);
    }

    /**
     * @param end               {@code SHOW MASTER STATUS}: where the next event will be written
     * @param logReplicaUpdates whether events applied from its source are written to it too
     * @param format            {@code binlog_format}: ROW, MIXED, STATEMENT
     * @param doDb              {@code Binlog_Do_DB}, sorted
     * @param ignoreDb          {@code Binlog_Ignore_DB}, sorted
     */
    public record OwnBinlog(
            BinlogPosition end, boolean logReplicaUpdates, String format, List<String> doDb, List<String> ignoreDb) {
        public OwnBinlog {
            doDb = List.copyOf(doDb);
            ignoreDb = List.copyOf(ignoreDb);
        }
    }

    /**
     * @param known         whether the server has semi-synchronous replication at all
     * @param sourceEnabled {@code rpl_semi_sync_source_enabled}
     * @param replicaEnabled {@code rpl_semi_sync_replica_enabled}: it acknowledges from its next connection to a source on
     * @param replicaActive {@code Rpl_semi_sync_replica_status}: it acknowledges to the source that it has; to one without the plugin
     *     none does
     * @param waitsFor      {@code rpl_semi_sync_source_wait_for_replica_count}; absent where the server has no such variable
     */
    public record SemiSync(
            boolean known,
            boolean sourceEnabled,
            boolean replicaEnabled,
            boolean replicaActive,
            @AddedLater Optional<Integer> waitsFor) {
        public static final SemiSync UNKNOWN = new SemiSync(false, false, false, false, Optional.empty());

        /** How many replicas must acknowledge before a commit goes on. */
        public int acknowledgementsNeeded() {
            return waitsFor.orElse(1);
        }
    }

    /**
     * What two processes cannot share, in the server's own words.
     *
     * @param hostname {@code hostname}, of the machine; empty where it says none
     * @param port     {@code port} that it listens on, whatever leads there
     * @param pidFile  {@code pid_file}
     * @param socket   {@code socket}
     */
    public record Seat(String hostname, long port, String pidFile, String socket) {}

    /**
     * The part of {@code gtids} that this server wrote itself; empty where it has no name to tell that by. Of MariaDB what nobody wrote
     * further in the same domain, since there only the last of each server is known, and what others went on from is history.
     */
    public Optional<Gtids> written(Gtids gtids) {
        return gtids instanceof MariadbGtids each
                ? Optional.of(each.endsWrittenBy(serverId))
                : serverUuid.map(((GtidSet) gtids)::writtenBy);
    }

    /** The channels that lead to a source; beside one that does for certain, what a reset left of another does not count. */
    List<ReplicaStatus> channelsInUse() {
        List<ReplicaStatus> following =
                replication.stream().filter(ReplicaStatus::follows).toList();
        List<ReplicaStatus> certain =
                following.stream().filter(channel -> !channel.mayBeReset()).toList();
        return certain.isEmpty() ? following : certain;
    }

    /** The one source this server replicates from; absent for none or for several. */
    public Optional<ReplicaStatus> onlyChannel() {
        List<ReplicaStatus> channels = replication.size() == 1 ? replication : channelsInUse();
        return channels.size() == 1 ? Optional.of(channels.get(0)) : Optional.empty();
    }
}
