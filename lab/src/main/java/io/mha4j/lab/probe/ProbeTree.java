package io.mha4j.lab.probe;

import io.mha4j.base.Secret;
import io.mha4j.config.ServerSettings;
import io.mha4j.mysql.SourceTarget;
import io.mha4j.mysql.SourceTarget.Start;
import io.mha4j.topology.ServerVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A source and two replicas.
 *
 * @param gtids whether replicas position by GTID
 */
record ProbeTree(ProbeServer source, ProbeServer first, ProbeServer second, boolean gtids) implements AutoCloseable {
    private static final String TABLE = "probe.t";

    ServerVersion version() {
        return source.session().version();
    }

    boolean mariadb() {
        return version().isMariadb();
    }

    /** Whether servers of this version can say where they are in GTIDs. */
    boolean knowsGtids() {
        return source.session().facts(ProbeServer.in(5)).gtidsOn();
    }

    boolean knowsChannels() {
        return mariadb() || version().isMysqlFrom(5, 7, 6);
    }

    List<ServerSettings> settings() {
        return List.of(source.settings(), first.settings(), second.settings());
    }

    List<ProbeServer> servers() {
        return List.of(source, first, second);
    }

    /** Every server alone, with empty logs and the same table and accounts, none replicating. */
    void startOver() {
        for (ProbeServer server : servers()) {
            boolean newWords = server.session().version().isMysqlFrom(8, 2, 0);
            server.control().setReadOnly(false, ProbeServer.in(10));
            server.replication().forgetSource(ProbeServer.in(20));
            server.sql("DROP DATABASE IF EXISTS probe", "CREATE DATABASE probe");
            server.sql("CREATE TABLE " + TABLE + " (id INT PRIMARY KEY, pad LONGTEXT) ENGINE=InnoDB");
            server.sql(newWords ? "RESET BINARY LOGS AND GTIDS" : "RESET MASTER");
            if (server.session().version().isMariadb()) {
                server.sql("SET GLOBAL gtid_slave_pos=''");
            }
        }
    }

    /** Both replicas of the source from its present end. */
    void attach() {
        for (ProbeServer replica : List.of(first, second)) {
            follow(replica, source);
            replica.replication().startReplication(ProbeServer.in(20));
            replica.control().setReadOnly(true, ProbeServer.in(10));
        }
    }

    void follow(ProbeServer replica, ProbeServer of) {
        replica.replication().changeSource(target(of, startAt(of)), ProbeServer.in(20));
    }

    Start startAt(ProbeServer of) {
        return gtids
                ? new Start.AutoPosition()
                : new Start.FilePosition(
                        of.control().coordinates(ProbeServer.in(5)).position());
    }

    static SourceTarget target(ProbeServer of, Start start) {
        return new SourceTarget(of.id().ip(), of.id().port(), "repl", Optional.of(new Secret("replpass")), start);
    }

    void insert(ProbeServer server, int from, int to) {
        StringBuilder values = new StringBuilder();
        for (int id = from; id <= to; id++) {
            values.append(values.length() == 0 ? "" : ",")
                    .append("(")
                    .append(id)
                    .append(",'x')");
        }
        server.sql("INSERT INTO " + TABLE + " VALUES " + values);
    }

    /** One transaction of ten rows and about so many bytes. */
    void insertBig(ProbeServer server, int id, int bytes) {
        String pad = "y".repeat(bytes / 10);
        List<String> statements = new ArrayList<>(List.of("BEGIN"));
        for (int row = id; row < id + 10; row++) {
            statements.add("INSERT INTO " + TABLE + " VALUES (" + row + ", '" + pad + "')");
        }
        statements.add("COMMIT");
        server.sql(statements.toArray(String[]::new));
    }

    int rows(ProbeServer server) {
        return Integer.parseInt(server.value("SELECT COUNT(*) FROM " + TABLE));
    }

    /** Waits until a replica has received all that the source wrote. */
    void awaitReceived(ProbeServer replica) {
        var end = source.control().coordinates(ProbeServer.in(5)).position();
        awaitTrue(() -> replica.replication()
                .status(ProbeServer.in(5))
                .flatMap(s -> s.read())
                .filter(end::equals)
                .isPresent());
    }

    void awaitRows(ProbeServer server, int expected) {
        awaitTrue(() -> rows(server) == expected);
    }

    static void awaitTrue(java.util.function.BooleanSupplier truth) {
        awaitTrue(Duration.ofSeconds(20), truth);
    }

    static void awaitTrue(Duration limit, java.util.function.BooleanSupplier truth) {
        long end = System.nanoTime() + limit.toNanos();
        while (!truth.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("did not come true within " + limit.toSeconds() + " s");
            }
            try {
                ProbeServer.SLEEPER.sleep(Duration.ofMillis(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    @Override
    public void close() {
        servers().forEach(ProbeServer::close);
    }
}
