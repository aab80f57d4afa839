package io.mha4j.config;

import static io.mha4j.config.Parameter.Group.IDENTITY;
import static io.mha4j.config.Parameter.Group.MONITORING;
import static io.mha4j.config.Parameter.Group.ROLES;
import static io.mha4j.config.Parameter.Group.SCRIPTS;
import static io.mha4j.config.Parameter.Scope.APPLICATION;

import io.mha4j.config.ServerSettings.FenceWay;
import io.mha4j.config.ServerSettings.HookSecrets;
import io.mha4j.config.ServerSettings.LagRule;
import io.mha4j.config.ServerSettings.UnreadableTail;
import io.mha4j.config.ServerSettings.UnusableSource;
import java.time.Duration;
import java.util.List;

/** Parameters of what this manager does by itself; MHA has none of them. */
public final class OwnParameters {
    public static final Parameter<Boolean> CERTAIN_DEATH = Parameter.of(
                    "certain_death",
                    ValueType.flag(),
                    MONITORING,
                    "1: a failover begins at once when everything shows that the master's process has died and nobody"
                            + " restarts it; 0: four failed checks in a row are waited for, always.")
            .defaultingTo("1");

    public static final Parameter<UnusableSource> UNUSABLE_SOURCE = Parameter.of(
                    "unusable_source",
                    ValueType.choice(UnusableSource.class),
                    MONITORING,
                    "What a master means that lives but takes no writes, as ping_type=INSERT shows (read-only, its disk full, a"
                            + " write that waits). failover: a failed check, and four in a row are death; alarm: people are"
                            + " told, and nothing else happens.")
            .defaultingTo("failover");

    public static final Parameter<Vip> VIP = Parameter.of(
                    "vip",
                    new ValueType<>(
                            "address/prefix", "an address with its prefix, such as 10.0.0.9/24", false, Vip::of),
                    SCRIPTS,
                    "Address that clients write to. The manager moves it itself, over SSH, in place of"
                            + " master_ip_failover_script and master_ip_online_change_script.")
            .whenAbsent("scripts or clients do that");

    public static final Parameter<String> VIP_INTERFACE = Parameter.of(
                    "vip_interface", ValueType.word("interface"), SCRIPTS, "Network interface of the host for vip.")
            .whenAbsent("the one that has the address ip");

    public static final Parameter<HookSecrets> HOOK_SECRETS = Parameter.of(
                    "hook_secrets",
                    ValueType.choice(HookSecrets.class),
                    SCRIPTS,
                    "How scripts get passwords. argv: as arguments, as MHA's do, which every account of the manager's host can see; env:"
                            + " in environment variables named like those arguments, NEW_MASTER_PASSWORD for `--new_master_password`.")
            .defaultingTo("argv");

    public static final Parameter<Boolean> KEEP_RUNNING = Parameter.of(
                    "keep_running",
                    ValueType.flag(),
                    ROLES,
                    "1: after a failover the manager watches the new master instead of ending, and looks out for the old one.")
            .in(APPLICATION)
            .defaultingTo("0");

    public static final Parameter<Duration> GUARD_TIME = Parameter.of(
                    "guard_time",
                    ValueType.seconds(0),
                    ROLES,
                    "With keep_running=0: how long masterha_manager stays after a failover that could not prove that the old"
                            + " master is stopped, to make it read-only if it comes back and takes writes; 0: it ends at once.")
            .in(APPLICATION)
            .defaultingTo("600");

    public static final Parameter<Boolean> STRICT_VERDICT = Parameter.of(
                    "strict_verdict",
                    ValueType.flag(),
                    ROLES,
                    "1: a failover that is done ends with 10, not with 0, also where its verdict is that transactions are lost, or that"
                            + " nobody knows.")
            .in(APPLICATION)
            .defaultingTo("0");

    public static final Parameter<FenceWay> FENCE = Parameter.of(
                    "fence",
                    ValueType.choice(FenceWay.class),
                    ROLES,
                    "ssh: in a failover the dead master's process is killed over SSH, what would start it again is stopped,"
                            + " and it is proven that it is gone; none: only shutdown_script stops it.")
            .defaultingTo("ssh");

    public static final Parameter<Duration> FENCE_SETTLE = Parameter.of(
                    "fence_settle",
                    ValueType.seconds(0),
                    ROLES,
                    "How long a dead master must stay away until it counts as stopped for good.")
            .defaultingTo("1");

    public static final Parameter<Boolean> REQUIRE_FENCE = Parameter.of(
                    "require_fence",
                    ValueType.flag(),
                    ROLES,
                    "1: no new master unless the dead one is proven to be stopped, over SSH or by exit status 0 of"
                            + " shutdown_script.")
            .defaultingTo("0");

    public static final Parameter<LagRule> CANDIDATE_LAG_RULE = Parameter.of(
                    "candidate_lag_rule",
                    ValueType.choice(LagRule.class),
                    ROLES,
                    "With check_repl_delay=1, when this replica is too far behind to become the new master. bytes: with more than"
                            + " 100000000 bytes left to execute; mha: also if it executes an older file of the master's log than the"
                            + " latest replica receives.")
            .defaultingTo("bytes");

    public static final Parameter<UnreadableTail> ON_UNREADABLE_TAIL = Parameter.of(
                    "on_unreadable_tail",
                    ValueType.choice(UnreadableTail.class),
                    ROLES,
                    "Where the dead master's binary log cannot be read, or not to its end. continue: what only it has is given up, and"
                            + " the verdict says so; stop: nobody is promoted; retry: it is tried again for 60 s, then as continue.")
            .defaultingTo("continue");

    public static final Parameter<Boolean> SHUTDOWN_CUTS_POWER = Parameter.of(
                    "shutdown_cuts_power",
                    ValueType.flag(),
                    ROLES,
                    "1: shutdown_script ends with 0 only if the power of the dead master's host is cut, or its process killed; 0: it"
                            + " may stop either in good order, which lets commits that wait for a slave go through"
                            + " unacknowledged, so that semi-sync proves nothing by it.")
            .defaultingTo("0");

    public static final Parameter<Boolean> AUTO_REJOIN = Parameter.of(
                    "auto_rejoin",
                    ValueType.flag(),
                    ROLES,
                    "1: with keep_running=1 a dead master that answers again becomes a replica by itself, if it is proven to have"
                            + " nothing of its own.")
            .defaultingTo("0");

    public static final Parameter<String> FEED_ADDRESS = Parameter.of(
                    "feed_address",
                    ValueType.ipAddress(),
                    IDENTITY,
                    "Address of the manager's host at which this slave's server may connect to the manager, to fetch rescued"
                            + " events. For slaves' hosts where SSH must not forward ports.")
            .whenAbsent("a port of the slave's host, forwarded by SSH");

    public static final Parameter<Boolean> LEVEL_DELAYED = Parameter.of(
                    "level_delayed",
                    ValueType.flag(),
                    ROLES,
                    "1: in a failover by file and position this slave, which applies with a delay on purpose, is given at once what"
                            + " it holds back, and follows the new master, again with its delay. 0: it is left alone and named.")
            .defaultingTo("0");

    /** All of them. */
    static final List<Parameter<?>> ALL = List.of(
            FEED_ADDRESS,
            LEVEL_DELAYED,
            CERTAIN_DEATH,
            UNUSABLE_SOURCE,
            VIP,
            VIP_INTERFACE,
            HOOK_SECRETS,
            KEEP_RUNNING,
            GUARD_TIME,
            STRICT_VERDICT,
            FENCE,
            FENCE_SETTLE,
            REQUIRE_FENCE,
            CANDIDATE_LAG_RULE,
            ON_UNREADABLE_TAIL,
            SHUTDOWN_CUTS_POWER,
            AUTO_REJOIN);

    private OwnParameters() {}
}
