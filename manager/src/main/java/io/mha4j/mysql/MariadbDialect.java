package io.mha4j.mysql;

import io.mha4j.binlog.Gtids;
import io.mha4j.binlog.MariadbGtids;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ServerVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** MariaDB 10.0 and later, which keeps the old words beside the new ones. A channel is a "connection" there. */
record MariadbDialect(ServerVersion version) implements Dialect {
    @Override
    public StatusColumns columns() {
        return StatusColumns.MARIADB;
    }

    @Override
    public Sql replicaStatus() {
        return Sql.of("SHOW ALL SLAVES STATUS");
    }

    @Override
    public Sql binlogStatus() {
        return Sql.of("SHOW MASTER STATUS");
    }

    @Override
    public Optional<Sql> gtidState() {
        return Optional.of(Sql.of("SELECT @@global.gtid_current_pos AS current_pos,"
                + " @@global.gtid_binlog_pos AS binlog_pos, @@global.gtid_slave_pos AS slave_pos"));
    }

    /**
     * What its applier did and what its binary log ends with. {@code gtid_current_pos} alone leaves out transactions
     * that were written here under another server's id, as {@code mariadb-binlog | mariadb} does.
     */
    @Override
    public Gtids executed(Row gtidState) {
        return MariadbGtids.parse(gtidState.textOrEmpty("current_pos"))
                .union(MariadbGtids.parse(gtidState.textOrEmpty("slave_pos")))
                .union(MariadbGtids.parse(gtidState.textOrEmpty("binlog_pos")));
    }

    @Override
    public Optional<Gtids> purged(Row gtidState) {
        return Optional.empty();
    }

    @Override
    public Gtids parseGtids(String text) {
        return MariadbGtids.parse(text);
    }

    @Override
    public boolean gtidsOn(String gtidMode) {
        return true;
    }

    @Override
    public Sql stop(String channel, Threads threads) {
        return Sql.of("STOP SLAVE" + named(channel) + threads.clause());
    }

    @Override
    public Sql start(String channel, Threads threads) {
        return Sql.of("START SLAVE" + named(channel) + threads.clause());
    }

    @Override
    public Sql clear(String channel) {
        return Sql.of("RESET SLAVE" + named(channel));
    }

    @Override
    public List<Sql> forget(String channel) {
        return List.of(Sql.of("RESET SLAVE" + named(channel) + " ALL"));
    }

    @Override
    public Sql change(String channel, SourceTarget target, Optional<ReplicaStatus> before) {
        ChangeClause clause = new ChangeClause("CHANGE MASTER" + named(channel) + " TO ");
        clause.text("MASTER_HOST", target.host())
                .plain("MASTER_PORT", target.port())
                .text("MASTER_USER", target.user());
        target.password().ifPresent(p -> clause.secret("MASTER_PASSWORD", p));
        if (target.start() instanceof SourceTarget.Start.FilePosition from) {
            clause.text("MASTER_LOG_FILE", from.position().file())
                    .plain("MASTER_LOG_POS", from.position().offset())
                    .plain("MASTER_USE_GTID", "no");
        } else {
            clause.plain("MASTER_USE_GTID", "slave_pos");
        }
        if (version.isMariadbFrom(10, 2, 3)) {
            before.ifPresent(b -> clause.plain("MASTER_DELAY", b.delay().toSeconds()));
        }
        return clause.end("");
    }

    @Override
    public Sql awaitGtids(Gtids gtids, Duration limit) {
        return Sql.of("SELECT MASTER_GTID_WAIT(" + Sql.literal(gtids.toString()) + ", " + Math.max(1, limit.toSeconds())
                + ")");
    }

    /** A former source's own transactions are in its binary log position, not yet in where it would resume. */
    @Override
    public List<Sql> adoptOwnHistory() {
        return List.of(Sql.of("SET GLOBAL gtid_slave_pos = @@global.gtid_current_pos"));
    }

    private static String named(String channel) {
        return channel.isEmpty() ? "" : " " + Sql.literal(channel);
    }
}
