package io.mha4j.mysql;

import io.mha4j.binlog.GtidSet;
import io.mha4j.binlog.Gtids;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ServerVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * MySQL 5.5 to 9.x. The versions are those at which a new word is understood (release notes of 8.0.22, 8.0.23, 8.2.0);
 * the old ones are gone from 8.4 on.
 */
record MysqlDialect(ServerVersion version) implements Dialect {
    private boolean saysReplica() {
        return version.isMysqlFrom(8, 0, 22);
    }

    private boolean saysSource() {
        return version.isMysqlFrom(8, 0, 23);
    }

    private boolean hasGtids() {
        return version.isMysqlFrom(5, 6, 9);
    }

    private boolean hasChannels() {
        return version.isMysqlFrom(5, 7, 6);
    }

    private String replica() {
        return saysReplica() ? "REPLICA" : "SLAVE";
    }

    private String source() {
        return saysSource() ? "SOURCE" : "MASTER";
    }

    @Override
    public StatusColumns columns() {
        return saysReplica() ? StatusColumns.NEW_MYSQL : StatusColumns.OLD_MYSQL;
    }

    @Override
    public Sql replicaStatus() {
        return Sql.of("SHOW " + replica() + " STATUS");
    }

    @Override
    public Sql binlogStatus() {
        return Sql.of(version.isMysqlFrom(8, 2, 0) ? "SHOW BINARY LOG STATUS" : "SHOW MASTER STATUS");
    }

    @Override
    public Optional<Sql> gtidState() {
        return hasGtids()
                ? Optional.of(Sql.of("SELECT @@global.gtid_mode AS mode,"
                        + " @@global.gtid_executed AS executed, @@global.gtid_purged AS purged"))
                : Optional.empty();
    }

    @Override
    public boolean knowsGtids(Row gtidState) {
        return !gtidState.textOrEmpty("mode").equals("OFF");
    }

    @Override
    public Optional<Gtids> executed(Row gtidState, Supplier<List<ReplicaStatus>> channels) {
        return Optional.of(GtidSet.parse(gtidState.textOrEmpty("executed")));
    }

    @Override
    public Optional<Gtids> purged(Row gtidState) {
        return Optional.of(GtidSet.parse(gtidState.textOrEmpty("purged")));
    }

    @Override
    public Gtids parseGtids(String text) {
        return GtidSet.parse(text);
    }

    @Override
    public boolean gtidsOn(String gtidMode) {
        return gtidMode.equals("ON");
    }

    @Override
    public Sql stop(String channel, Threads threads) {
        return Sql.of("STOP " + replica() + threads.clause() + forChannel(channel));
    }

    @Override
    public Sql start(String channel, Threads threads) {
        return Sql.of("START " + replica() + threads.clause() + forChannel(channel));
    }

    @Override
    public List<Sql> startApplier(String channel, ReplicaStatus before) {
        return List.of(start(channel, Threads.APPLIER));
    }

    @Override
    public boolean stopWaitsForTransactionEnd() {
        return version.isMysqlFrom(5, 6, 0);
    }

    /** Before 5.5.16 the source's name stays in memory until the server restarts, though its file is gone. */
    @Override
    public boolean isForgotten(ReplicaStatus status) {
        return !version.isMysqlFrom(5, 5, 16)
                && status.read().isEmpty()
                && status.receiver().word().equals("No")
                && status.applier().word().equals("No");
    }

    @Override
    public boolean positionsProveApplied() {
        return true;
    }

    @Override
    public List<Sql> correctResumePoint(ReplicaStatus before, Gtids executed) {
        return List.of();
    }

    @Override
    public Sql clear(String channel) {
        return Sql.of("RESET " + replica() + forChannel(channel));
    }

    @Override
    public List<Sql> forget(String channel) {
        // RESET SLAVE ALL came with 5.5.16. Before it a START SLAVE by mistake would read the old source's log from its
        // beginning, so the name that stays in memory is one that cannot exist (RFC 2606).
        return version.isMysqlFrom(5, 5, 16)
                ? List.of(Sql.of("RESET " + replica() + " ALL" + forChannel(channel)))
                : List.of(Sql.of("CHANGE MASTER TO MASTER_HOST='forgotten.invalid'"), Sql.of("RESET SLAVE"));
    }

    @Override
    public Sql change(String channel, SourceTarget target, Optional<ReplicaStatus> before) {
        ChangeClause clause = new ChangeClause(saysSource() ? "CHANGE REPLICATION SOURCE TO " : "CHANGE MASTER TO ");
        clause.text(source() + "_HOST", target.host())
                .plain(source() + "_PORT", target.port())
                .text(source() + "_USER", target.user());
        target.password().ifPresent(p -> clause.secret(source() + "_PASSWORD", p));
        if (target.start() instanceof SourceTarget.Start.FilePosition from) {
            clause.text(source() + "_LOG_FILE", from.position().file())
                    .plain(source() + "_LOG_POS", from.position().offset());
        }
        if (hasGtids()) {
            boolean auto = target.start() instanceof SourceTarget.Start.AutoPosition;
            clause.plain(source() + "_AUTO_POSITION", auto ? 1 : 0);
            // RESET SLAVE sets the delay to 0 (manual, "RESET REPLICA"), so it is always said again.
            target.link()
                    .delay()
                    .or(() -> before.map(ReplicaStatus::delay))
                    .ifPresent(delay -> clause.plain(source() + "_DELAY", delay.toSeconds()));
        }
        clause.link(source(), target.link());
        boolean tls = target.link()
                .tls()
                .map(SourceTarget.Tls::used)
                .orElse(before.map(ReplicaStatus::ssl).orElse(false));
        if (version.isMysqlFrom(8, 0, 4) && !tls) {
            clause.plain("GET_" + source() + "_PUBLIC_KEY", 1);
        }
        return clause.end(forChannel(channel));
    }

    /** The status variable went with 8.0; the table came with 5.7, and what it says of compression with 8.0.18. */
    @Override
    public Optional<Sql> heartbeat(String channel) {
        String compression = version.isMysqlFrom(8, 0, 18) ? ", COMPRESSION_ALGORITHM AS Compression" : "";
        return Optional.of(
                hasChannels()
                        ? Sql.of("SELECT HEARTBEAT_INTERVAL AS Value" + compression
                                + " FROM performance_schema.replication_connection_configuration WHERE CHANNEL_NAME="
                                + Sql.literal(channel))
                        : Sql.of("SHOW GLOBAL STATUS LIKE 'Slave_heartbeat_period'"));
    }

    @Override
    public Sql awaitGtids(Gtids gtids, Duration limit) {
        String function =
                version.isMysqlFrom(5, 7, 5) ? "WAIT_FOR_EXECUTED_GTID_SET" : "WAIT_UNTIL_SQL_THREAD_AFTER_GTIDS";
        return Sql.of("SELECT " + function + "(" + Sql.literal(gtids.toString()) + ", " + Math.max(1, limit.toSeconds())
                + ")");
    }

    @Override
    public List<Sql> adoptOwnHistory() {
        return List.of();
    }

    private String forChannel(String channel) {
        return hasChannels() ? " FOR CHANNEL " + Sql.literal(channel) : "";
    }
}
