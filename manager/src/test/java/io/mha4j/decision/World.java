package io.mha4j.decision;

import io.mha4j.base.Secret;
import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.GtidSet;
import io.mha4j.binlog.Gtids;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ReplicationMode;
import io.mha4j.topology.ServerFacts;
import io.mha4j.topology.ServerVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A tree as a test describes it: server 0 is the source that wrote transactions 1..{@code written}; each replica received
 * and applied a prefix of them. One transaction is 100 bytes of the source's binary log.
 *
 * @param log what can be read of the old source's binary log
 */
record World(boolean gtids, int written, List<Replica> replicas, FailoverWishes wishes, Log log) {
    static final String SOURCE_UUID = "00000000-0000-0000-0000-000000000000";

    private static final List<Gtids> GTIDS = IntStream.rangeClosed(0, 30)
            .mapToObj(n -> n == 0 ? (Gtids) GtidSet.EMPTY : GtidSet.parse(SOURCE_UUID + ":1-" + n))
            .toList();

    World {
        replicas = List.copyOf(replicas);
    }

    /** A tree whose old source's host does not answer over SSH. */
    World(boolean gtids, int written, List<Replica> replicas, FailoverWishes wishes) {
        this(gtids, written, replicas, wishes, new Log(false, 0, 0));
    }

    World with(Log other) {
        return new World(gtids, written, replicas, wishes, other);
    }

    /**
     * The old source's binary log.
     *
     * @param ssh   whether its host answers
     * @param from  transactions up to this one are in files that were purged
     * @param lost  how many of the last transactions never came to its disk
     * @param fenceRequired whether nobody may be opened before the old source is proven to be stopped
     */
    record Log(boolean ssh, int from, int lost, boolean fenceRequired) {
        Log(boolean ssh, int from, int lost) {
            this(ssh, from, lost, false);
        }

        static final Log WHOLE = new Log(true, 0, 0);
    }

    /**
     * @param received transactions in its relay log or executed
     * @param applied  transactions executed, at most {@code received}
     * @param relayLogsFrom transactions up to this one are no longer in its relay logs
     */
    record Replica(
            int received,
            int applied,
            boolean preferred,
            boolean barred,
            boolean ignoreFail,
            Health health,
            int relayLogsFrom) {
        static Replica at(int received) {
            return new Replica(received, received, false, false, false, Health.FINE, 0);
        }

        /** With relay logs that hold what was received after the first {@code transactions} only. */
        Replica keepingFrom(int transactions) {
            return new Replica(received, applied, preferred, barred, ignoreFail, health, transactions);
        }

        Replica asPreferred() {
            return new Replica(received, applied, true, barred, ignoreFail, health, relayLogsFrom);
        }

        Replica asBarred() {
            return new Replica(received, applied, preferred, true, ignoreFail, health, relayLogsFrom);
        }

        Replica applying(int upTo) {
            return new Replica(received, upTo, preferred, barred, ignoreFail, health, relayLogsFrom);
        }

        Replica with(Health other) {
            return new Replica(received, applied, preferred, barred, ignoreFail, other, relayLogsFrom);
        }
    }

    enum Health {
        FINE,
        DEAD,
        APPLIER_FAILED,
        NOT_LOGGING_UPDATES,
        NO_BINLOG
    }

    static ServerId id(int n) {
        return new ServerId(n, "server" + (n + 1), "host" + n, "10.0.0." + (n + 1), 3306);
    }

    static BinlogPosition sourcePosition(int transactions) {
        return new BinlogPosition("bin.000001", 4 + 100L * transactions);
    }

    static Gtids gtids(int transactions) {
        return GTIDS.get(transactions);
    }

    FailoverFacts facts() {
        List<io.mha4j.topology.Replica> alive = new ArrayList<>();
        List<io.mha4j.topology.Replica> failed = new ArrayList<>();
        List<ManagedTree.Missing> missing = new ArrayList<>();
        for (int n = 1; n <= replicas.size(); n++) {
            Replica r = replicas.get(n - 1);
            if (r.health() == Health.DEAD) {
                missing.add(new ManagedTree.Missing(id(n), "connection refused", false));
            } else {
                (r.health() == Health.APPLIER_FAILED ? failed : alive)
                        .add(new io.mha4j.topology.Replica(id(n), serverFacts(n, r), status(r)));
            }
        }
        ReplicationMode mode = gtids ? ReplicationMode.MYSQL_GTID : ReplicationMode.FILE_POSITION;
        ManagedTree tree = new ManagedTree(id(0), Optional.empty(), mode, alive, failed, missing, List.of());
        return new FailoverFacts(application(), tree, Optional.empty(), log.ssh(), wishes, Progress.NONE);
    }

    private ServerFacts serverFacts(int n, Replica r) {
        Optional<ServerFacts.OwnBinlog> log = r.health() == Health.NO_BINLOG
                ? Optional.empty()
                : Optional.of(new ServerFacts.OwnBinlog(
                        new BinlogPosition("own.000001", 4),
                        r.health() != Health.NOT_LOGGING_UPDATES,
                        "ROW",
                        List.of(),
                        List.of()));
        return new ServerFacts(
                ServerVersion.parse("8.0.15"),
                n + 1,
                Optional.of("00000000-0000-0000-0000-00000000000" + n),
                true,
                false,
                log,
                gtids,
                gtids ? Optional.of(gtids(r.applied())) : Optional.empty(),
                Optional.empty(),
                List.of(status(r)),
                true,
                0,
                "OFF",
                ServerFacts.SemiSync.UNKNOWN,
                "/var/lib/mysql",
                Optional.empty());
    }

    ReplicaStatus status(Replica r) {
        boolean failed = r.health() == Health.APPLIER_FAILED;
        return new ReplicaStatus(
                "",
                id(0).host(),
                3306,
                "repl",
                new ReplicaStatus.ThreadState(true, "Yes", 0, ""),
                new ReplicaStatus.ThreadState(!failed, failed ? "No" : "Yes", failed ? 1062 : 0, failed ? "dup" : ""),
                Optional.of(sourcePosition(r.received())),
                Optional.of(sourcePosition(r.applied())),
                Optional.empty(),
                gtids,
                gtids ? Optional.of(gtids(r.received())) : Optional.empty(),
                Duration.ZERO,
                Optional.of(Duration.ZERO),
                false,
                ReplicaStatus.Filters.NONE);
    }

    private Application application() {
        List<ServerSettings> servers = new ArrayList<>(List.of(settings(0, Replica.at(0))));
        for (int n = 1; n <= replicas.size(); n++) {
            servers.add(settings(n, replicas.get(n - 1)));
        }
        return new Application("app1", "app1.cnf", "/tmp", Optional.empty(), "info", servers, List.of(), List.of());
    }

    private ServerSettings settings(int n, Replica r) {
        return new ServerSettings(
                id(n),
                Optional.empty(),
                new ServerSettings.Mysql("root", Secret.EMPTY, Optional.empty(), Optional.empty()),
                new ServerSettings.Ssh(id(n).host(), id(n).ip(), 22, "root", List.of(), Duration.ofSeconds(5)),
                new ServerSettings.Roles(r.preferred(), r.barred(), r.ignoreFail(), false),
                new ServerSettings.Policy(true, true, true, false, false, true, false, true),
                new ServerSettings.Paths("/var/tmp", List.of(), Optional.empty(), Optional.empty(), Optional.empty()),
                new ServerSettings.Watching(Duration.ofSeconds(3), ServerSettings.PingType.SELECT, Optional.empty()),
                new ServerSettings.Scripts(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                new ServerSettings.Fencing(ServerSettings.FenceWay.SSH, Duration.ofSeconds(1), log.fenceRequired()));
    }
}
