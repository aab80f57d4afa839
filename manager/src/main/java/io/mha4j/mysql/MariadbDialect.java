package io.mha4j.mysql;

import io.mha4j.binlog.Gtids;
import io.mha4j.binlog.MariadbGtids;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ServerVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * MariaDB 10.0 and later, which keeps the old words beside the new ones. A channel is a "connection" there.
 *
 * <p>Three things that the manual does not say, measured on 10.11 and 11.4:
 *
 * <ul>
 *   <li>By file and position, a receiver that connects sets {@code gtid_slave_pos} to the position it <i>reads</i> from:
 *       what was received and not executed counts as executed until the applier is through.
 *   <li>By GTID, starting either thread while both are stopped throws the relay logs away.
 *   <li>{@code CHANGE MASTER TO RELAY_LOG_FILE} makes the executed position equal to the read one.
 * </ul>
 */
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
                + " @@global.gtid_binlog_state AS binlog_state, @@global.gtid_slave_pos AS slave_pos,"
                + " @@global.log_slave_updates AS logs_applied"));
    }

    @Override
    public boolean knowsGtids(Row gtidState) {
        return true;
    }

    /**
     * What its applier did and what its binary log holds of each server. {@code gtid_current_pos} alone leaves out
     * transactions that were written here under another server's id, as {@code mariadb-binlog | mariadb} does, and
     * {@code gtid_binlog_pos} what stands before a write of its own. While the applier's position is not to be trusted, the
     * binary log alone counts, if it holds what is applied.
     */
    @Override
    public Optional<Gtids> executed(Row gtidState, Supplier<List<ReplicaStatus>> channels) {
        MariadbGtids logged = MariadbGtids.parse(gtidState.textOrEmpty("binlog_state"));
        if (channels.get().stream().anyMatch(MariadbDialect::countsReceivedAsExecuted)) {
            return gtidState.number("logs_applied") == 1 ? Optional.of(logged) : Optional.empty();
        }
        return Optional.of(MariadbGtids.parse(gtidState.textOrEmpty("current_pos"))
                .union(MariadbGtids.parse(gtidState.textOrEmpty("slave_pos")))
                .union(logged));
    }

    private static boolean countsReceivedAsExecuted(ReplicaStatus channel) {
        return !channel.autoPosition() && !channel.appliedAllItRead();
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

    /**
     * By GTID with a stopped receiver, the relay logs are saved by going over to file and position, in place. Where nothing was
     * received there is nothing to save, and the replica would forget whom it follows.
     */
    @Override
    public List<Sql> startApplier(String channel, ReplicaStatus before) {
        boolean wouldDiscard = before.autoPosition()
                && before.read().isPresent()
                && before.receiver().word().equals("No")
                && before.applier().word().equals("No");
        List<Sql> statements = new ArrayList<>();
        before.relayLog()
                .filter(log -> wouldDiscard)
                .ifPresent(log -> statements.add(new ChangeClause("CHANGE MASTER" + named(channel) + " TO ")
                        .text("RELAY_LOG_FILE", log.file())
                        .plain("RELAY_LOG_POS", log.offset())
                        .plain("MASTER_USE_GTID", "no")
                        .end("")));
        statements.add(start(channel, Threads.APPLIER));
        return statements;
    }

    @Override
    public boolean stopWaitsForTransactionEnd() {
        return false;
    }

    @Override
    public boolean isForgotten(ReplicaStatus status) {
        return false;
    }

    @Override
    public boolean positionsProveApplied() {
        return false;
    }

    @Override
    public List<Sql> correctResumePoint(ReplicaStatus before, Gtids executed) {
        return countsReceivedAsExecuted(before)
                ? List.of(Sql.of("SET GLOBAL gtid_slave_pos=" + Sql.literal(position(executed))))
                : List.of();
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
            target.link()
                    .delay()
                    .or(() -> before.map(ReplicaStatus::delay))
                    .ifPresent(delay -> clause.plain("MASTER_DELAY", delay.toSeconds()));
        }
        return clause.link("MASTER", target.link()).end("");
    }

    @Override
    public Optional<Sql> heartbeat(String channel) {
        return Optional.empty();
    }

    @Override
    public Sql awaitGtids(Gtids gtids, Duration limit) {
        return Sql.of("SELECT MASTER_GTID_WAIT(" + Sql.literal(position(gtids)) + ", " + Math.max(1, limit.toSeconds())
                + ")");
    }

    private static String position(Gtids gtids) {
        return gtids instanceof MariadbGtids all ? all.position().toString() : gtids.toString();
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
