package io.mha4j.cli;

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

/** Every command there is. A new one is one more entry here. */
final class Commands {
    static final List<CommandEntry> ALL = List.of(
            CommandEntry.ofMha(
                    "masterha_manager", "manager", "Watch a master and fail over when it dies.", ManagerCommand::new),
            CommandEntry.ofMha(
                    "masterha_master_monitor",
                    "master-monitor",
                    "Watch a master and end when it dies.",
                    MonitorCommand::new),
            CommandEntry.ofMha(
                    "masterha_master_switch",
                    "master-switch",
                    "Fail over from a dead master by hand, or switch to another one online.",
                    SwitchCommand::new),
            CommandEntry.ofMha(
                    "masterha_check_ssh",
                    "check-ssh",
                    "Check SSH from this host to every host, and between the hosts.",
                    CheckSshCommand::new),
            CommandEntry.ofMha(
                    "masterha_check_repl",
                    "check-repl",
                    "Check that the servers form a healthy replication tree.",
                    CheckReplCommand::new),
            CommandEntry.ofMha(
                    "masterha_check_status", "check-status", "Tell what a manager is doing.", CheckStatusCommand::new),
            CommandEntry.ofMha(
                    "masterha_conf_host",
                    "conf-host",
                    "Add a server to an application file, or remove one.",
                    ConfHostCommand::new),
            CommandEntry.ofMha(
                    "masterha_secondary_check",
                    "secondary-check",
                    "Ask other hosts whether they reach a master.",
                    SecondaryCheckCommand::new),
            CommandEntry.ofMha("masterha_stop", "stop", "Stop a manager.", StopCommand::new),
            CommandEntry.ofMha(
                    "save_binary_logs",
                    "save-binary-logs",
                    "On a database host: save the rest of a log into a file.",
                    SaveBinaryLogsCommand::new),
            CommandEntry.ofMha(
                    "apply_diff_relay_logs",
                    "apply-diff-relay-logs",
                    "On a database host: find, send or apply what a replica lacks.",
                    ApplyDiffRelayLogsCommand::new),
            CommandEntry.ofMha(
                    "purge_relay_logs",
                    "purge-relay-logs-here",
                    "On a replica's host: let it delete executed relay logs.",
                    PurgeRelayLogsCommand::new),
            CommandEntry.ofOurs(
                    "purge-relay-logs", "Let all replicas delete executed relay logs.", PurgeAllCommand::new),
            CommandEntry.ofMha(
                    "filter_mysqlbinlog",
                    "filter-mysqlbinlog",
                    "Take out of mysqlbinlog's text what mysqlbinlog added.",
                    FilterMysqlbinlogCommand::new),
            CommandEntry.ofOurs(
                    "failover-status",
                    "Tell the steps of a failover that runs or was cut off.",
                    FailoverStatusCommand::new),
            CommandEntry.ofOurs(
                    "switch-plan",
                    "Tell what an online switch would do, and for how long writes would be stopped.",
                    SwitchPlanCommand::new),
            CommandEntry.ofOurs("topology", "Draw the replication tree, with lag and flags.", TopologyCommand::new),
            CommandEntry.ofOurs("pause", "Let a manager watch, but not act.", PauseCommand::new),
            CommandEntry.ofOurs("resume", "End a pause.", ResumeCommand::new),
            CommandEntry.ofOurs(
                    "rejoin", "Bring a master home that was failed over from: as a replica.", RejoinCommand::new),
            CommandEntry.ofOurs("archive", "List, show, verify or delete what was rescued.", ArchiveCommand::new),
            CommandEntry.ofOurs(
                    "binlog", "List the events or transactions of a log or an archive.", BinlogCommand::new),
            CommandEntry.ofOurs(
                    "config", "Show the effective configuration and where each value came from.", ConfigCommand::new),
            CommandEntry.ofOurs(
                    "doctor",
                    "Tell everything that a failover would suffer from, the worst first, and the cure of each.",
                    DoctorCommand::new));

    private Commands() {}
}
