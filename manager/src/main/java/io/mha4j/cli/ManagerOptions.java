package io.mha4j.cli;

import io.mha4j.cli.admission.Admission;
import io.mha4j.cli.command.ConfigOptions;
import io.mha4j.cli.command.Option;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.outlook.Asked;
import io.mha4j.decision.FailoverWishes;
import io.mha4j.report.StateFiles;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Options of {@code masterha_manager}: those of MHA's monitor and of its failover, because one option string serves both
 * (commands.md of MHA 0.58: each half ignores the other's).
 */
final class ManagerOptions {
    static final Option<Optional<String>> WORKDIR = Option.text(
                    "manager_workdir", "directory", "Directory of status and flag files, instead of the parameter.")
            .orAs("workdir");
    static final Option<Optional<String>> LOG = Option.text(
                    "manager_log", "file", "Log file, instead of the parameter.")
            .orAs("log_output");
    static final Option<Integer> INTERACTIVE =
            Option.number("interactive", 0, "Accepted as MHA does; this program asks nothing while it watches.");
    static final Option<Duration> WAIT_ON_MONITOR_ERROR = Option.seconds(
            "wait_on_monitor_error", 0, "Wait before ending because of an error, at the start or while watching.");
    static final Option<Boolean> IGNORE_FAIL_ON_START =
            Option.flag("ignore_fail_on_start", "Start although slaves with ignore_fail=1 are dead or broken.");
    static final Option<Boolean> SKIP_SSH_CHECK = Option.flag(
                    "skip_ssh_check", "Ask no hosts, only servers; masterha_manager asks them for vip only.")
            .orAs("skip_check_ssh");
    static final Option<Boolean> CHECK_ONLY = Option.flag("check_only", "Only do the checks of the start.");
    static final Option<Boolean> CHECK_REPL_HEALTH =
            Option.flag("check_repl_health", "Check the health of replication at start too.");
    static final Option<Duration> SECONDS_BEHIND =
            Option.seconds("seconds_behind_master", 30, "A slave that is further behind fails the check of health.");
    static final Option<Boolean> MONITOR_ONLY =
            Option.flag("monitor_only", "Watch only: report the death of the master, do not fail over.");
    static final Option<Integer> LAST_FAILOVER_MINUTE =
            Option.number("last_failover_minute", 480, "Minutes that must have passed since the last failover.");
    static final Option<Boolean> IGNORE_LAST_FAILOVER =
            Option.flag("ignore_last_failover", "Remove the flag files of earlier failovers first.");
    static final Option<Boolean> REMOVE_DEAD_MASTER_CONF = Option.flag(
                    "remove_dead_master_conf",
                    "After a complete failover take the dead master's section out of the application file.")
            .orAs("remove_orig_master_conf");
    static final Option<Duration> WAIT_ON_FAILOVER_ERROR =
            Option.seconds("wait_on_failover_error", 0, "Wait before ending because a failover did not succeed.");
    static final Option<Optional<String>> NEW_MASTER_HOST =
            Option.text("new_master_host", "host", "Only this slave may become the master.");
    static final Option<Integer> NEW_MASTER_PORT = Option.number("new_master_port", 3306, "Its port.");
    static final Option<Boolean> SKIP_CHANGE_MASTER =
            Option.flag("skip_change_master", "Leave all replication settings as they are.");
    static final Option<Boolean> SKIP_DISABLE_READ_ONLY =
            Option.flag("skip_disable_read_only", "Do not set read_only=0 on the new master.");
    static final Option<Integer> WAIT_UNTIL_GTID_IN_SYNC = Option.number(
            "wait_until_gtid_in_sync", 1, "Wait until each slave has executed what the new master had (0: do not).");

    static final Option<Boolean> SKIP_SAVE_MASTER_BINLOG =
            Option.flag("skip_save_master_binlog", "Do not read the dead master's binary log.");
    static final Option<Boolean> IGNORE_BINLOG_SERVER_ERROR = Option.flag(
            "ignore_binlog_server_error", "Accepted as MHA does; hosts with copies that fail never stop a failover.");

    private static final List<Option<?>> COMMON = List.of(ConfigOptions.CONF, ConfigOptions.GLOBAL_CONF, WORKDIR, LOG);

    private static final List<Option<?>> OF_WATCHING = List.of(
            WAIT_ON_MONITOR_ERROR,
            IGNORE_FAIL_ON_START,
            SKIP_SSH_CHECK,
            CHECK_ONLY,
            CHECK_REPL_HEALTH,
            SECONDS_BEHIND,
            MONITOR_ONLY);

    private static final List<Option<?>> OF_FAILOVER = List.of(
            LAST_FAILOVER_MINUTE,
            IGNORE_LAST_FAILOVER,
            REMOVE_DEAD_MASTER_CONF,
            WAIT_ON_FAILOVER_ERROR,
            NEW_MASTER_HOST,
            NEW_MASTER_PORT,
            SKIP_SAVE_MASTER_BINLOG,
            SKIP_CHANGE_MASTER,
            SKIP_DISABLE_READ_ONLY,
            WAIT_UNTIL_GTID_IN_SYNC,
            IGNORE_BINLOG_SERVER_ERROR);

    /** Those of {@code masterha_manager}. */
    static final List<Option<?>> ALL = joined(List.of(COMMON, List.of(INTERACTIVE), OF_WATCHING, OF_FAILOVER));

    /** What {@code masterha_master_monitor} shares with it; those of a failover too, which it does not carry out. */
    static final List<Option<?>> WATCHING = joined(List.of(
            COMMON,
            OF_WATCHING,
            OF_FAILOVER.stream()
                    .<Option<?>>map(
                            o -> o.meaning("As masterha_manager's, in what is told of a failover that would come."))
                    .toList()));

    /** What {@code masterha_master_switch} shares with it. */
    static final List<Option<?>> FAILOVER = joined(List.of(COMMON, OF_FAILOVER));

    private ManagerOptions() {}

    private static List<Option<?>> joined(List<List<Option<?>>> lists) {
        return lists.stream().<Option<?>>flatMap(List::stream).toList();
    }

    /** What the command line says of earlier failovers. */
    static Admission admission(Options options, StateFiles files) {
        return new Admission(files, options.get(IGNORE_LAST_FAILOVER), minimum(options));
    }

    private static Duration minimum(Options options) {
        return Duration.ofMinutes(options.get(LAST_FAILOVER_MINUTE));
    }

    /** What the command line asks of the failovers to come. */
    static Asked asked(Options options) {
        return new Asked(
                wishes(options), options.get(IGNORE_LAST_FAILOVER) ? Optional.empty() : Optional.of(minimum(options)));
    }

    /** What the command line asks of a failover. */
    static FailoverWishes wishes(Options options) {
        int port = options.get(NEW_MASTER_PORT);
        return new FailoverWishes(
                options.get(NEW_MASTER_HOST).map(host -> new FailoverWishes.HostPort(host, port)),
                !options.get(SKIP_CHANGE_MASTER),
                !options.get(SKIP_DISABLE_READ_ONLY),
                options.get(WAIT_UNTIL_GTID_IN_SYNC) != 0,
                !options.get(SKIP_SAVE_MASTER_BINLOG));
    }
}
