package io.mha4j.scenario;

import io.mha4j.base.Secret;
import io.mha4j.base.ServerId;
import io.mha4j.config.ServerSettings;
import io.mha4j.config.Vip;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Words of a server line that stand for parameters of the configuration, under their own names. */
final class SettingsWords {
    private SettingsWords() {}

    static ServerSettings read(ServerId id, Words words) {
        return new ServerSettings(
                id,
                words.text("node_label"),
                mysql(words),
                ssh(id, words),
                roles(words),
                policy(words),
                paths(words),
                watching(words),
                scripts(words),
                fencing(words),
                new ServerSettings.Levelling(words.text("feed_address"), words.flag("level_delayed", false)));
    }

    private static ServerSettings.Mysql mysql(Words words) {
        return new ServerSettings.Mysql(
                words.text("user", "root"),
                new Secret(words.text("password", "")),
                words.text("repl_user"),
                words.text("repl_password").map(Secret::new));
    }

    private static ServerSettings.Ssh ssh(ServerId id, Words words) {
        return new ServerSettings.Ssh(
                words.text("ssh_host", id.host()),
                words.text("ssh_ip", id.ip()),
                (int) words.number("ssh_port", 22),
                words.text("ssh_user", "root"),
                words.list("ssh_options"),
                Duration.ofSeconds(words.number("ssh_connection_timeout", 5)));
    }

    private static ServerSettings.Roles roles(Words words) {
        return new ServerSettings.Roles(
                words.flag("candidate_master", false),
                words.flag("no_master", false),
                words.flag("ignore_fail", false),
                words.flag("skip_init_ssh_check", false));
    }

    private static ServerSettings.Policy policy(Words words) {
        return new ServerSettings.Policy(
                words.flag("latest_priority", true),
                words.flag("check_repl_delay", true),
                words.flag("check_repl_filter", true),
                words.flag("multi_tier_slave", false),
                words.flag("skip_reset_slave", false),
                words.flag("use_gtid_auto_pos", true),
                words.flag("disable_log_bin", false),
                words.flag("handle_raw_binlog", true),
                ServerSettings.LagRule.valueOf(
                        words.text("candidate_lag_rule", "bytes").toUpperCase(Locale.ROOT)),
                ServerSettings.UnreadableTail.valueOf(
                        words.text("on_unreadable_tail", "continue").toUpperCase(Locale.ROOT)));
    }

    private static ServerSettings.Paths paths(Words words) {
        List<String> binlogDirs = words.list("master_binlog_dir");
        return new ServerSettings.Paths(
                words.text("remote_workdir", "/var/tmp"),
                binlogDirs.isEmpty() ? List.of("/var/lib/mysql", "/var/log/mysql") : binlogDirs,
                words.text("master_pid_file"),
                words.text("client_bindir"),
                words.text("client_libdir"));
    }

    private static ServerSettings.Watching watching(Words words) {
        return new ServerSettings.Watching(
                Duration.ofSeconds(words.number("ping_interval", 3)),
                ServerSettings.PingType.valueOf(
                        words.text("ping_type", "SELECT").toUpperCase(Locale.ROOT)),
                words.text("secondary_check_script"));
    }

    private static ServerSettings.Scripts scripts(Words words) {
        return new ServerSettings.Scripts(
                script(words, "master_ip_failover_script"),
                script(words, "master_ip_online_change_script"),
                script(words, "shutdown_script"),
                script(words, "report_script"),
                Duration.ofSeconds(60),
                script(words, "vip").map(SettingsWords::moved),
                ServerSettings.HookSecrets.valueOf(
                        words.text("hook_secrets", "argv").toUpperCase(Locale.ROOT)));
    }

    private static ServerSettings.MovedAddress moved(String vip) {
        String[] parts = vip.split("/");
        return new ServerSettings.MovedAddress(new Vip(parts[0], Integer.parseInt(parts[1])), Optional.empty());
    }

    private static ServerSettings.Fencing fencing(Words words) {
        return new ServerSettings.Fencing(
                ServerSettings.FenceWay.valueOf(words.text("fence", "ssh").toUpperCase(Locale.ROOT)),
                Duration.ofSeconds(words.number("fence_settle", 1)),
                words.flag("require_fence", false),
                words.flag("auto_rejoin", false),
                words.flag("shutdown_cuts_power", false));
    }

    private static Optional<String> script(Words words, String name) {
        return words.text(name).filter(s -> !s.isEmpty());
    }
}
