package io.mha4j.cli;

import io.mha4j.cli.command.Command;
import io.mha4j.cli.command.CommandEntry;
import io.mha4j.cli.config.ConfHostCommand;
import io.mha4j.cli.config.ConfigCommand;
import io.mha4j.cli.journal.FailoverStatusCommand;
import io.mha4j.cli.node.ApplyDiffRelayLogsCommand;
import io.mha4j.cli.node.FilterMysqlbinlogCommand;
import io.mha4j.cli.node.PurgeAllCommand;
import io.mha4j.cli.node.PurgeRelayLogsCommand;
import io.mha4j.cli.node.SaveBinaryLogsCommand;
import io.mha4j.cli.online.SwitchPlanCommand;
import io.mha4j.cli.pause.PauseCommand;
import io.mha4j.cli.pause.ResumeCommand;
import io.mha4j.cli.rescue.ArchiveCommand;
import io.mha4j.cli.rescue.BinlogCommand;
import io.mha4j.cli.route.SecondaryCheckCommand;
import io.mha4j.cli.ssh.CheckSshCommand;
import io.mha4j.cli.topology.TopologyCommand;
import java.util.List;
import java.util.function.Function;

/** Every command there is. A new one is one more entry here. */
final class Commands {
    /** One for all: to link a method reference for each costs a tenth of what {@code masterha_check_status} takes. */
    private static final Function<String, Command> MAKER = Commands::make;

    static final List<CommandEntry> ALL = List.of(
            CommandEntry.ofMha("masterha_manager", "manager", "Watch a master and fail over when it dies.", MAKER),
            CommandEntry.ofMha(
                    "masterha_master_monitor", "master-monitor", "Watch a master and end when it dies.", MAKER),
            CommandEntry.ofMha(
                    "masterha_master_switch",
                    "master-switch",
                    "Fail over from a dead master by hand, or switch to another one online.",
                    MAKER),
            CommandEntry.ofMha(
                    "masterha_check_ssh",
                    "check-ssh",
                    "Check SSH from this host to every host, and between the hosts.",
                    MAKER),
            CommandEntry.ofMha(
                    "masterha_check_repl",
                    "check-repl",
                    "Check that the servers form a healthy replication tree.",
                    MAKER),
            CommandEntry.ofMha("masterha_check_status", "check-status", "Tell what a manager is doing.", MAKER),
            CommandEntry.ofMha(
                    "masterha_conf_host", "conf-host", "Add a server to an application file, or remove one.", MAKER),
            CommandEntry.ofMha(
                    "masterha_secondary_check",
                    "secondary-check",
                    "Ask other hosts whether they reach a master.",
                    MAKER),
            CommandEntry.ofMha("masterha_stop", "stop", "Stop a manager.", MAKER),
            CommandEntry.ofMha(
                    "save_binary_logs",
                    "save-binary-logs",
                    "On a database host: save the rest of a log into a file.",
                    MAKER),
            CommandEntry.ofMha(
                    "apply_diff_relay_logs",
                    "apply-diff-relay-logs",
                    "On a database host: find, send or apply what a replica lacks.",
                    MAKER),
            CommandEntry.ofMha(
                    "purge_relay_logs",
                    "purge-relay-logs-here",
                    "On a replica's host: let it delete executed relay logs.",
                    MAKER),
            CommandEntry.ofOurs("purge-relay-logs", "Let all replicas delete executed relay logs.", MAKER),
            CommandEntry.ofMha(
                    "filter_mysqlbinlog",
                    "filter-mysqlbinlog",
                    "Take out of mysqlbinlog's text what mysqlbinlog added.",
                    MAKER),
            CommandEntry.ofOurs("failover-status", "Tell the steps of a failover that runs or was cut off.", MAKER),
            CommandEntry.ofOurs(
                    "switch-plan",
                    "Tell what an online switch would do, and for how long writes would be stopped.",
                    MAKER),
            CommandEntry.ofOurs("topology", "Draw the replication tree, with lag and flags.", MAKER),
            CommandEntry.ofOurs("pause", "Let a manager watch, but not act.", MAKER),
            CommandEntry.ofOurs("resume", "End a pause.", MAKER),
            CommandEntry.ofOurs("rejoin", "Bring a master home that was failed over from: as a replica.", MAKER),
            CommandEntry.ofOurs("archive", "List, show, verify or delete what was rescued.", MAKER),
            CommandEntry.ofOurs("binlog", "List the events or transactions of a log or an archive.", MAKER),
            CommandEntry.ofOurs("config", "Show the effective configuration and where each value came from.", MAKER),
            CommandEntry.ofOurs(
                    "doctor",
                    "Tell everything that a failover would suffer from, the worst first, and the cure of each.",
                    MAKER));

    private Commands() {}

    private static Command make(String name) {
        return switch (name) {
            case "manager" -> new ManagerCommand(new Watching());
            case "master-monitor" -> new MonitorCommand(new Watching());
            case "master-switch" -> new SwitchCommand();
            case "check-ssh" -> new CheckSshCommand();
            case "check-repl" -> new CheckReplCommand();
            case "check-status" -> new CheckStatusCommand();
            case "conf-host" -> new ConfHostCommand();
            case "secondary-check" -> new SecondaryCheckCommand();
            case "stop" -> new StopCommand();
            case "save-binary-logs" -> new SaveBinaryLogsCommand();
            case "apply-diff-relay-logs" -> new ApplyDiffRelayLogsCommand();
            case "purge-relay-logs-here" -> new PurgeRelayLogsCommand();
            case "purge-relay-logs" -> new PurgeAllCommand();
            case "filter-mysqlbinlog" -> new FilterMysqlbinlogCommand();
            case "failover-status" -> new FailoverStatusCommand();
            case "switch-plan" -> new SwitchPlanCommand();
            case "topology" -> new TopologyCommand();
            case "pause" -> new PauseCommand();
            case "resume" -> new ResumeCommand();
            case "rejoin" -> new RejoinCommand();
            case "archive" -> new ArchiveCommand();
            case "binlog" -> new BinlogCommand();
            case "config" -> new ConfigCommand();
            case "doctor" -> new DoctorCommand();
            default -> throw new IllegalArgumentException("no command " + name);
        };
    }
}
