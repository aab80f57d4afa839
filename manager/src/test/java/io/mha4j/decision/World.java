package io.mha4j.decision;

import io.mha4j.base.Secret;
import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.GtidSet;
import io.mha4j.binlog.Gtids;
import io.mha4j.binlog.MariadbGtids;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.config.ServerSettings.LagRule;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ReplicationMode;
import io.mha4j.topology.ServerFacts;
import io.mha4j.topology.ServerIdentity;
import io.mha4j.topology.ServerVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A tree as a test describes it: server 0 is the source that wrote transactions 1..{@code written}; each replica received
 * and applied a prefix of them. One transaction is 100 bytes of the source's binary log.
 *
 * @param log what can be read of the old source's binary log
 * @param setting what the operator has set up
 */
public record World(
        boolean gtids, int written, List<Replica> replicas, FailoverWishes wishes, Log log, Setting setting) {
    static final String SOURCE_UUID = "00000000-0000-0000-0000-000000000000";

    private static final List<Gtids> GTIDS = IntStream.rangeClosed(0, 60)
            .mapToObj(n -> n == 0 ? (Gtids) GtidSet.EMPTY : GtidSet.parse(SOURCE_UUID + ":1-" + n))
            .toList();

    private static final List<Gtids> MARIADB_GTIDS = IntStream.rangeClosed(0, 60)
            .mapToObj(n -> n == 0 ? (Gtids) MariadbGtids.EMPTY : MariadbGtids.parse("0-1-" + n))
            .toList();

    public World {
        replicas = List.copyOf(replicas);
    }

    World(boolean gtids, int written, List<Replica> replicas, FailoverWishes wishes, Log log) {
        this(gtids, written, replicas, wishes, log, Setting.USUAL);
    }

    /** A tree whose old source's host does not answer over SSH. */
    World(boolean gtids, int written, List<Replica> replicas, FailoverWishes wishes) {
        this(gtids, written, replicas, wishes, new Log(false, 0, 0));
    }

    public World with(Log other) {
        return new World(gtids, written, replicas, wishes, other, setting);
    }

    /**
     * What the operator has set up.
     *
     * @param mariadb whether the servers are MariaDB
     * @param fence   how the old source is kept from taking writes
     * @param movesAddress whether {@code master_ip_failover_script} is set
     * @param switchesOff  whether {@code shutdown_script} is set
     * @param keepsSettings {@code skip_reset_slave}
     * @param cutsPower    {@code shutdown_cuts_power}
     */
    public record Setting(
            boolean mariadb,
            ServerSettings.FenceWay fence,
            boolean movesAddress,
            boolean switchesOff,
            boolean keepsSettings,
            boolean cutsPower) {
        public Setting(
                boolean mariadb,
                ServerSettings.FenceWay fence,
                boolean movesAddress,
                boolean switchesOff,
                boolean keepsSettings) {
            this(mariadb, fence, movesAddress, switchesOff, keepsSettings, false);
        }

        static final Setting USUAL = new Setting(false, ServerSettings.FenceWay.SSH, false, false, false);
    }

    /**
     * The old source's binary log.
     *
     * @param ssh   whether its host answers
     * @param from  transactions up to this one are in files that were purged
     * @param lost  how many of the last transactions never came to its disk
     * @param fenceRequired whether nobody may be opened before the old source is proven to be stopped
     * @param unreadable what the operator wants where it cannot be read
     */
    public record Log(
            boolean ssh, int from, int lost, boolean fenceRequired, ServerSettings.UnreadableTail unreadable) {
        public Log(boolean ssh, int from, int lost, boolean fenceRequired) {
            this(ssh, from, lost, fenceRequired, ServerSettings.UnreadableTail.CONTINUE);
        }

        Log(boolean ssh, int from, int lost) {
            this(ssh, from, lost, false);
        }

        static final Log WHOLE = new Log(true, 0, 0);
    }

    /**
     * @param received transactions in its relay log or executed
     * @param applied  transactions executed, at most {@code received}
     * @param relayLogsFrom transactions up to this one are no longer in its relay logs
     * @param stray    what it has besides, by GTID
     */
    public record Replica(
            int received,
            int applied,
            boolean preferred,
            boolean barred,
            boolean ignoreFail,
            Health health,
            int relayLogsFrom,
            Stray stray) {
        Replica(
                int received,
                int applied,
                boolean preferred,
                boolean barred,
                boolean ignoreFail,
                Health health,
                int relayLogsFrom) {
            this(received, applied, preferred, barred, ignoreFail, health, relayLogsFrom, Stray.NONE);
        }

        static Replica at(int received) {
            return new Replica(received, received, false, false, false, Health.FINE, 0);
        }

        /** With relay logs that hold what was received after the first {@code transactions} only. */
        Replica keepingFrom(int transactions) {
            return new Replica(received, applied, preferred, barred, ignoreFail, health, transactions, stray);
        }

        Replica asPreferred() {
            return new Replica(received, applied, true, barred, ignoreFail, health, relayLogsFrom, stray);
        }

        Replica asBarred() {
            return new Replica(received, applied, preferred, true, ignoreFail, health, relayLogsFrom, stray);
        }

        Replica applying(int upTo) {
            return new Replica(received, upTo, preferred, barred, ignoreFail, health, relayLogsFrom, stray);
        }

        public Replica with(Health other) {
            return new Replica(received, applied, preferred, barred, ignoreFail, other, relayLogsFrom, stray);
        }

        public Replica with(Stray other) {
            return new Replica(received, applied, preferred, barred, ignoreFail, health, relayLogsFrom, other);
        }

        /** Numbers of the servers of its strays. */
        public Set<Integer> strays() {
            return stray.server() == 0 ? Set.of() : Set.of(stray.server());
        }
    }

    /**
     * One transaction of a server that the tree does not know (any more).
     *
     * @param server its number; 0 for no such transaction
     * @param purged whether it is no longer in the replica's binary log
     */
    public record Stray(int server, boolean purged) {
        public static final Stray NONE = new Stray(0, false);
    }

    public enum Health {
        FINE,
        DEAD,
        APPLIER_FAILED,
        DELAYED,
        /** Delayed too, and {@code level_delayed=1}. */
        DELAYED_NOT_SPARED,
        /** With GTIDs: pointed to its source once more since it received anything, so it does not say how far it is. */
        NO_PLACE,
        NOT_LOGGING_UPDATES,
        NO_BINLOG;

        /** What of it the steps of a failover do not change. */
        Health lasting() {
            return isDelayed() || this == NO_PLACE ? this : FINE;
        }

        boolean isDelayed() {
            return this == DELAYED || this == DELAYED_NOT_SPARED;
        }
    }

    public static ServerId id(int n) {
        return new ServerId(n, "server" + (n + 1), "host" + n, "10.0.0." + (n + 1), 3306);
    }

    public static BinlogPosition sourcePosition(int transactions) {
        return new BinlogPosition("bin.000001", 4 + 100L * transactions);
    }

    /** How many transactions are before this place. */
    public static int transactions(BinlogPosition place) {
        return (int) ((place.offset() - 4) / 100);
    }

    static Gtids gtids(int transactions) {
        return GTIDS.get(transactions);
    }

    /** GTIDs of the first transactions, in the form of its servers. */
    public Gtids executed(int transactions) {
        return (setting.mariadb() ? MARIADB_GTIDS : GTIDS).get(transactions);
    }

    /** The same, with the strays of these servers. */
    public Gtids executed(int transactions, Set<Integer> strays) {
        return strays.stream().map(this::stray).reduce(executed(transactions), Gtids::union);
    }

    /** What a replica says that it retrieved; MariaDB's begins with all that it had when it was started. */
    public Gtids retrieved(int transactions, Set<Integer> strays) {
        return executed(transactions, setting.mariadb() ? strays : Set.of());
    }

    /** The transaction of that server. */
    public Gtids stray(int server) {
        return setting.mariadb()
                ? MariadbGtids.parse("7%d-9%d-1".formatted(server, server))
                : GtidSet.parse("00000000-0000-0000-0000-0000000000f%d:1".formatted(server));
    }

    /** How many transactions of the source these GTIDs are. */
    private int transactionsOf(Gtids executed) {
        Gtids ofSource = Gtids.sameOrigins(executed, executed(60));
        return IntStream.rangeClosed(0, 60)
                .filter(n -> executed(n).equals(ofSource))
                .findFirst()
                .orElseThrow();
    }

    /** Transactions before the file that has the one behind {@code transactions}; there are up to eight in a file. */
    public int fileHead(int transactions) {
        return Math.max(log.from(), transactions / 8 * 8);
    }

    /** Transactions 7 to 9 of the old source's binary log, read to its end after its process had gone. */
    static StepResult.Saved lastThree(String archive, StepResult.Restart restart) {
        return new StepResult.Saved(
                archive,
                sourcePosition(6),
                sourcePosition(9),
                sourcePosition(9),
                300,
                3,
                Optional.empty(),
                Optional.empty(),
                false,
                StepResult.Writer.GONE,
                restart);
    }

    /** How many transactions come before what an archive of this name holds. */
    public static int before(String archive) {
        return Integer.parseInt(archive.substring(archive.lastIndexOf(' ') + 1));
    }

    /** Where the file begins that has the first transaction which any of them lacks; empty if it was purged. */
    public Optional<StepResult> found(Step.FindTail step) {
        return step.executed().stream()
                .map(this::transactionsOf)
                .min(Comparator.naturalOrder())
                .filter(least -> least >= log.from())
                .map(least -> new StepResult.Found(sourcePosition(fileHead(least)), executed(fileHead(least))));
    }

    public FailoverFacts facts() {
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
        ReplicationMode byGtid = setting.mariadb() ? ReplicationMode.MARIADB_GTID : ReplicationMode.MYSQL_GTID;
        ReplicationMode mode = gtids ? byGtid : ReplicationMode.FILE_POSITION;
        ManagedTree tree = new ManagedTree(id(0), Optional.empty(), mode, alive, failed, missing, List.of());
        return new FailoverFacts(
                application(), tree, Optional.empty(), Optional.empty(), log.ssh(), wishes, Progress.NONE);
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
                ServerVersion.parse(setting.mariadb() ? "11.4.5-MariaDB" : "8.0.15"),
                n + 1,
                setting.mariadb() ? Optional.empty() : Optional.of("00000000-0000-0000-0000-00000000000" + n),
                true,
                false,
                false,
                log,
                gtids,
                gtids ? Optional.of(executed(r.applied(), r.strays())) : Optional.empty(),
                gtids && !setting.mariadb()
                        ? Optional.of(executed(0, r.stray().purged() ? r.strays() : Set.of()))
                        : Optional.empty(),
                List.of(status(r)),
                true,
                0,
                0,
                1,
                "OFF",
                ServerFacts.SemiSync.UNKNOWN,
                "/var/lib/mysql",
                new ServerFacts.Seat(id(n).host(), 3306, "/run/mysqld.pid", "/run/mysqld.sock"),
                Optional.empty());
    }

    public ReplicaStatus status(Replica r) {
        boolean failed = r.health() == Health.APPLIER_FAILED;
        boolean placed = !gtids || r.health() != Health.NO_PLACE;
        return new ReplicaStatus(
                "",
                id(0).host(),
                3306,
                "repl",
                new ReplicaStatus.ThreadState(true, "Yes", 0, ""),
                new ReplicaStatus.ThreadState(!failed, failed ? "No" : "Yes", failed ? 1062 : 0, failed ? "dup" : ""),
                Optional.of(sourcePosition(r.received())).filter(p -> placed),
                Optional.of(sourcePosition(r.applied())).filter(p -> placed),
                Optional.empty(),
                gtids,
                gtids ? Optional.of(retrieved(r.received(), r.strays())) : Optional.empty(),
                r.health().isDelayed() ? Duration.ofHours(1) : Duration.ZERO,
                Optional.of(Duration.ZERO),
                false,
                ReplicaStatus.Filters.NONE,
                new ServerIdentity(1, Optional.of(SOURCE_UUID).filter(u -> !setting.mariadb())));
    }

    private Application application() {
        List<ServerSettings> servers = new ArrayList<>(List.of(settings(0, Replica.at(0))));
        for (int n = 1; n <= replicas.size(); n++) {
            servers.add(settings(n, replicas.get(n - 1)));
        }
        return new Application("app1", "app1.cnf", "/tmp", Optional.empty(), "info", servers, List.of(), List.of());
    }

    private ServerSettings settings(int n, Replica r) {
        boolean keeps = setting.keepsSettings();
        return new ServerSettings(
                id(n),
                Optional.empty(),
                new ServerSettings.Mysql("root", Secret.EMPTY, Optional.empty(), Optional.empty()),
                new ServerSettings.Ssh(id(n).host(), id(n).ip(), 22, "root", List.of(), Duration.ofSeconds(5)),
                new ServerSettings.Roles(r.preferred(), r.barred(), r.ignoreFail(), false),
                new ServerSettings.Policy(
                        true, true, true, false, keeps, true, false, true, LagRule.BYTES, log.unreadable()),
                new ServerSettings.Paths("/var/tmp", List.of(), Optional.empty(), Optional.empty(), Optional.empty()),
                new ServerSettings.Watching(Duration.ofSeconds(3), ServerSettings.PingType.SELECT, Optional.empty()),
                new ServerSettings.Scripts(
                        Optional.of("move").filter(m -> setting.movesAddress()),
                        Optional.empty(),
                        Optional.of("off").filter(m -> setting.switchesOff()),
                        Optional.empty()),
                new ServerSettings.Fencing(
                        setting.fence(), Duration.ofSeconds(1), log.fenceRequired(), false, setting.cutsPower()),
                new ServerSettings.Levelling(Optional.empty(), r.health() == Health.DELAYED_NOT_SPARED));
    }
}
