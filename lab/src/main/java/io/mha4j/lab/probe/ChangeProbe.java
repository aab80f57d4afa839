package io.mha4j.lab.probe;

import io.mha4j.base.Secret;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.GtidSet;
import io.mha4j.binlog.Gtids;
import io.mha4j.binlog.MariadbGtids;
import io.mha4j.lab.level.CuttingHop;
import io.mha4j.mysql.MysqlException.Kind;
import io.mha4j.mysql.ReplicationControl;
import io.mha4j.mysql.SourceTarget;
import io.mha4j.mysql.SourceTarget.Link;
import io.mha4j.mysql.SourceTarget.Start;
import io.mha4j.mysql.SourceTarget.Tls;
import io.mha4j.topology.ReplicaStatus;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Pointing replicas elsewhere, with every way to go wrong. */
final class ChangeProbe {
    /** Every character that some quoting gets wrong. */
    private static final String HARD = "a'b\"c\\d`e %f;--\\'g";

    private final ProbeTree tree;
    private final Checks checks;
    private final ProbeServer replica;

    ChangeProbe(ProbeTree tree, Checks checks) {
        this.tree = tree;
        this.checks = checks;
        this.replica = tree.second();
    }

    void run() {
        underAnotherReplica();
        keepsSettings();
        putsLinkBack();
        hardPassword();
        wrongPassword();
        wrongPlace();
        nobodyThere();
        unreachableForMoments();
        forget();
        formerSource();
        if (tree.knowsChannels()) {
            namedChannel();
        }
    }

    private void underAnotherReplica() {
        checks.does("follow another replica", () -> tree.follow(replica, tree.first()));
        checks.does("start there", () -> replica.replication().startReplication(ProbeServer.in(10)));
        tree.insert(tree.source(), 5000, 5009);
        tree.awaitRows(replica, tree.rows(tree.source()));
        checks.same("rows flow through it", tree.rows(tree.source()), () -> tree.rows(replica));
        checks.does("follow the source again", () -> tree.follow(replica, tree.source()));
        checks.does("start there", () -> replica.replication().startReplication(ProbeServer.in(10)));
    }

    private void keepsSettings() {
        boolean delays = tree.mariadb() || tree.version().isMysqlFrom(5, 6, 0);
        replica.replication().stopReplication(ProbeServer.in(10));
        replica.sql("SET GLOBAL relay_log_purge=0");
        if (delays) {
            replica.sql(change() + (tree.version().isMysqlFrom(8, 0, 23) ? "SOURCE" : "MASTER") + "_DELAY=7");
        }
        tree.follow(replica, tree.first());
        tree.follow(replica, tree.source());
        checks.same("relay_log_purge is kept", "0", () -> replica.value("SELECT @@global.relay_log_purge"));
        checks.same("the delay is kept", Duration.ofSeconds(delays ? 7 : 0), () -> status().delay());
        if (delays) {
            replica.sql(change() + (tree.version().isMysqlFrom(8, 0, 23) ? "SOURCE" : "MASTER") + "_DELAY=0");
        }
        replica.sql("SET GLOBAL relay_log_purge=1");
        replica.replication().startReplication(ProbeServer.in(10));
    }

    /** A short time at a source with other settings leaves none of them behind. */
    private void putsLinkBack() {
        boolean delays = tree.mariadb() || tree.version().isMysqlFrom(5, 6, 0);
        ReplicationControl control = replica.replication();
        Link own = new Link(
                Optional.of(Tls.OFF),
                Optional.of(Duration.ofSeconds(7)),
                Optional.of(Duration.ofMillis(12_500)),
                Optional.of(Duration.ofSeconds(delays ? 9 : 0)));
        SourceTarget source = ProbeTree.target(tree.source(), tree.startAt(tree.source()));
        checks.does("a link of one's own", () -> control.changeSource(source.with(own), ProbeServer.in(10)));
        checks.same("is seen", Optional.of(seen(own)), () -> control.link(ProbeServer.in(5)));
        checks.does("the link for levelling", () -> {
            control.changeSource(source.with(Link.FOR_LEVELLING), ProbeServer.in(10));
            control.startReplication(ProbeServer.in(10));
        });
        checks.same("is seen too", Optional.of(seen(Link.FOR_LEVELLING)), () -> control.link(ProbeServer.in(5)));
        checks.does("put the own one back", () -> control.changeSource(source.with(own), ProbeServer.in(10)));
        checks.same("it is as before", Optional.of(seen(own)), () -> control.link(ProbeServer.in(5)));
        Link usual =
                new Link(own.tls(), Optional.of(Duration.ofSeconds(1)), Optional.empty(), Optional.of(Duration.ZERO));
        control.changeSource(source.with(usual), ProbeServer.in(10));
        control.startReplication(ProbeServer.in(10));
    }

    /** MySQL 5.7 and later tell the heartbeat period in the performance schema only. */
    private Link seen(Link link) {
        boolean hidden = !tree.mariadb()
                && tree.version().isMysqlFrom(5, 7, 6)
                && replica.value("SELECT @@performance_schema").equals("0");
        return hidden ? new Link(link.tls(), link.retry(), Optional.empty(), link.delay()) : link;
    }

    private String change() {
        return tree.version().isMysqlFrom(8, 0, 23) ? "CHANGE REPLICATION SOURCE TO " : "CHANGE MASTER TO ";
    }

    private void hardPassword() {
        ProbeAccounts.createForReplication(tree.source(), "hard", HARD);
        for (String mode : new String[] {"", "NO_BACKSLASH_ESCAPES", "ANSI_QUOTES"}) {
            replica.sql("SET GLOBAL sql_mode='" + mode + "'");
            ProbeServer fresh = new ProbeServer(replica.settings(), 0, replica.channel());
            ReplicationControl control = fresh.replication();
            checks.does("password of hard characters, sql_mode=" + mode, () -> {
                control.changeSource(target("hard", HARD), ProbeServer.in(10));
                control.startReplication(ProbeServer.in(10));
            });
            fresh.close();
        }
        replica.sql("SET GLOBAL sql_mode=DEFAULT");
    }

    private void wrongPassword() {
        ReplicationControl control = replica.replication();
        control.changeSource(target("hard", "wrong-" + HARD), ProbeServer.in(10));
        String said = checks.refuses(
                "start with a wrong password",
                Kind.REPLICATION,
                1045,
                5,
                () -> control.startReplication(ProbeServer.in(20)));
        checks.holds("which it does not tell", () -> !said.contains("wrong-"));
        String tooLong = "q".repeat(300);
        checks.note("too long: " + failure(() -> control.changeSource(target("hard", tooLong), ProbeServer.in(10))));
        checks.holds("a password of 300 characters is not told", () -> !failure(
                        () -> control.changeSource(target("hard", tooLong), ProbeServer.in(10)))
                .contains("qqqq"));
        ProbeAccounts.drop(tree.source(), "hard");
        checks.does("back with the right one", () -> {
            control.changeSource(target("repl", "replpass"), ProbeServer.in(10));
            control.startReplication(ProbeServer.in(10));
        });
    }

    private static String failure(Runnable work) {
        try {
            work.run();
            return "no failure";
        } catch (io.mha4j.mysql.MysqlException e) {
            StringBuilder all = new StringBuilder();
            for (Throwable t = e; t != null; t = t.getCause()) {
                all.append(t).append(" | ");
            }
            return all.toString();
        }
    }

    private SourceTarget target(String user, String password) {
        return new SourceTarget(
                tree.source().id().ip(),
                tree.source().id().port(),
                user,
                Optional.of(new Secret(password)),
                tree.startAt(tree.source()));
    }

    private void wrongPlace() {
        ReplicationControl control = replica.replication();
        BinlogPosition end =
                tree.source().control().coordinates(ProbeServer.in(5)).position();
        BinlogPosition beyond = new BinlogPosition(end.file(), end.offset() + 1_000_000);
        control.changeSource(ProbeTree.target(tree.source(), new Start.FilePosition(beyond)), ProbeServer.in(10));
        String said = checks.refuses(
                "start beyond the end of the source's log",
                Kind.REPLICATION,
                -1,
                5,
                () -> control.startReplication(ProbeServer.in(20)));
        checks.note(said);
        checks.does("back to the right place", () -> tree.follow(replica, tree.source()));
        control.startReplication(ProbeServer.in(10));
    }

    private void nobodyThere() {
        ReplicationControl control = replica.replication();
        control.changeSource(
                new SourceTarget(
                        "127.0.0.1", 1, "repl", Optional.of(new Secret("replpass")), tree.startAt(tree.source())),
                ProbeServer.in(10));
        checks.refuses(
                "start where nobody listens",
                Kind.REPLICATION,
                2003,
                8,
                () -> control.startReplication(ProbeServer.in(8)));
        checks.does("stop that", () -> control.stopReplication(ProbeServer.in(10)));
        tree.follow(replica, tree.source());
        control.startReplication(ProbeServer.in(10));
    }

    /** The receiver alone would try again after a minute. */
    private void unreachableForMoments() {
        ReplicationControl control = replica.replication();
        AtomicInteger connections = new AtomicInteger();
        try (CuttingHop hop =
                new CuttingHop(address(), cuts -> connections.getAndIncrement() < 2 ? 0 : CuttingHop.WHOLE)) {
            control.changeSource(patientlyTo(hop), ProbeServer.in(10));
            checks.does(
                    "start though the source lets nobody in twice", () -> control.startReplication(ProbeServer.in(30)));
            checks.same("it came in at the third time", 3, connections::get);
        }
        if (tree.knowsGtids()) {
            Gtids never = tree.mariadb()
                    ? MariadbGtids.parse("0-1-999999999")
                    : GtidSet.parse("3e11fa47-71ca-11e1-9e33-c80aa9429562:1");
            try (CuttingHop closed = new CuttingHop(address(), cuts -> 0)) {
                control.changeSource(patientlyTo(closed), ProbeServer.in(10));
                control.orderStart(true, ProbeServer.in(10));
                checks.refuses(
                        "await GTIDs of a source that lets nobody in",
                        Kind.REPLICATION,
                        -1,
                        20,
                        () -> control.awaitGtids(never, ProbeServer.in(60)));
            }
        }
        Link usual = new Link(Optional.empty(), Optional.of(Duration.ofSeconds(1)), Optional.empty(), Optional.empty());
        control.changeSource(
                ProbeTree.target(tree.source(), tree.startAt(tree.source())).with(usual), ProbeServer.in(10));
        control.startReplication(ProbeServer.in(10));
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(tree.source().id().ip(), tree.source().id().port());
    }

    private SourceTarget patientlyTo(CuttingHop hop) {
        SourceTarget source = ProbeTree.target(tree.source(), tree.startAt(tree.source()));
        Link patient =
                new Link(Optional.empty(), Optional.of(Duration.ofSeconds(60)), Optional.empty(), Optional.empty());
        return new SourceTarget("127.0.0.1", hop.port(), source.user(), source.password(), source.start())
                .with(patient);
    }

    private void forget() {
        ReplicationControl control = replica.replication();
        checks.does("forget the source", () -> control.forgetSource(ProbeServer.in(10)));
        checks.same("it does not replicate", Optional.empty(), () -> control.status(ProbeServer.in(5)));
        checks.does("forget again", () -> control.forgetSource(ProbeServer.in(10)));
        checks.does("stop on no replica", () -> control.stopReplication(ProbeServer.in(10)));
        checks.does("attach again", () -> tree.follow(replica, tree.source()));
        checks.does("start again", () -> control.startReplication(ProbeServer.in(10)));
        tree.awaitRows(replica, tree.rows(tree.source()));
    }

    /** The first replica becomes the source, the source its replica, and back. */
    private void formerSource() {
        tree.awaitRows(tree.first(), tree.rows(tree.source()));
        become(tree.source(), tree.first(), 6000);
        become(tree.first(), tree.source(), 6100);
    }

    private void become(ProbeServer old, ProbeServer next, int id) {
        checks.does("roles of " + old.id().port() + " and " + next.id().port() + " change", () -> {
            old.control().setReadOnly(true, ProbeServer.in(5));
            tree.awaitRows(next, tree.rows(old));
            next.replication().forgetSource(ProbeServer.in(10));
            next.control().setReadOnly(false, ProbeServer.in(5));
            Start start = tree.startAt(next);
            tree.insert(next, id, id + 9);
            old.replication().adoptOwnHistory(ProbeServer.in(5));
            old.replication().changeSource(ProbeTree.target(next, start), ProbeServer.in(10));
            old.replication().startReplication(ProbeServer.in(10));
            tree.awaitRows(old, tree.rows(next));
        });
    }

    private void namedChannel() {
        replica.replication().forgetSource(ProbeServer.in(10));
        ReplicationControl named = replica.replication("it's");
        Start start = tree.startAt(tree.source());
        checks.does("a channel with a name", () -> {
            named.changeSource(ProbeTree.target(tree.source(), start), ProbeServer.in(10));
            named.startReplication(ProbeServer.in(10));
        });
        tree.insert(tree.source(), 7000, 7009);
        tree.awaitRows(replica, tree.rows(tree.source()));
        checks.same("its name is seen", "it's", () -> replica.session()
                .facts(ProbeServer.in(5))
                .onlyChannel()
                .orElseThrow()
                .channel());
        checks.does("stop it", () -> named.stopReplication(ProbeServer.in(10)));
        checks.does("a second channel", () -> replica.replication()
                .changeSource(ProbeTree.target(tree.first(), tree.startAt(tree.first())), ProbeServer.in(10)));
        checks.same(
                "both are seen",
                2,
                () -> replica.session().facts(ProbeServer.in(5)).replication().size());
        checks.does("forget one", () -> named.forgetSource(ProbeServer.in(10)));
        checks.same(
                "the other is left",
                1,
                () -> replica.session().facts(ProbeServer.in(5)).replication().size());
        checks.does("forget the other", () -> replica.replication().forgetSource(ProbeServer.in(10)));
        tree.follow(replica, tree.source());
        replica.replication().startReplication(ProbeServer.in(10));
    }

    private ReplicaStatus status() {
        return replica.replication().status(ProbeServer.in(5)).orElseThrow();
    }
}
