package io.mha4j.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whoever goes back to MHA reads which parameters to take out of the file: all that MHA does not know. */
final class MigratePageTest {
    private static final Path PAGE = Path.of("../docs/migrate-from-mha.md");
    private static final Pattern LIST =
            Pattern.compile("Take out of the file what MHA does not know.*?:\\n\\n(.*?)\\n\\n", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("`([a-z_]+)`");

    /** The parameters of MHA 0.58. */
    private static final Set<String> OF_MHA = Set.of(
            "hostname",
            "ip",
            "port",
            "ssh_host",
            "ssh_ip",
            "ssh_port",
            "ssh_user",
            "ssh_options",
            "ssh_connection_timeout",
            "user",
            "password",
            "repl_user",
            "repl_password",
            "node_label",
            "candidate_master",
            "no_master",
            "ignore_fail",
            "skip_init_ssh_check",
            "latest_priority",
            "check_repl_delay",
            "check_repl_filter",
            "multi_tier_slave",
            "skip_reset_slave",
            "use_gtid_auto_pos",
            "disable_log_bin",
            "handle_raw_binlog",
            "manager_workdir",
            "manager_log",
            "remote_workdir",
            "master_binlog_dir",
            "master_pid_file",
            "client_bindir",
            "client_libdir",
            "log_level",
            "ping_interval",
            "ping_type",
            "secondary_check_script",
            "master_ip_failover_script",
            "shutdown_script",
            "master_ip_online_change_script",
            "report_script",
            "init_conf_load_script");

    @Test
    void the_page_names_every_parameter_that_MHA_does_not_know() throws IOException {
        List<String> unknown = Parameters.ALL.stream()
                .map(Parameter::name)
                .filter(name -> !OF_MHA.contains(name))
                .toList();
        List<String> named = LIST.matcher(Files.readString(PAGE))
                .results()
                .flatMap(list -> NAME.matcher(list.group(1)).results().map(name -> name.group(1)))
                .toList();
        assertThat(named).containsExactlyInAnyOrderElementsOf(unknown);
    }
}
