package io.mha4j.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ConfigReaderTest {
    private final Findings findings = new Findings();

    private EffectiveConfig read(String global, String app) {
        return new ConfigReader(
                        IniFile.parse("app1.cnf", app), Optional.of(IniFile.parse("default.cnf", global)), findings)
                .effective("operator");
    }

    private List<String> problems(String app) {
        read("", app);
        return findings.problems().stream().map(Problem::toString).toList();
    }

    private List<String> warnings(String global, String app) {
        read(global, app);
        assertThat(findings.problems()).isEmpty();
        return findings.warnings();
    }

    @Test
    void all_problems_are_told_together_with_file_line_value_and_what_is_allowed() {
        assertThat(problems("""
                        early=1
                        [server default]
                        ping_interval=0
                        ping_type=PING
                        candidate_mster=1
                        just text
                        [server1]
                        hostname=host 1
                        no_master=yes
                        port=70000
                        no_master=1
                        [server2]
                        [master]
                        [server1]
                        master_binlog_dir=,
                        ssh_options='-i "x'
                        user=
                        """))
                .containsExactly(
                        "app1.cnf:1: early stands before the first [section]",
                        "app1.cnf:6: neither a comment, a [section] nor name=value; correct it or put # before it",
                        "app1.cnf:3: ping_interval=0: must be a whole number of seconds, at least 1",
                        "app1.cnf:4: ping_type=PING: must be one of SELECT, CONNECT, INSERT",
                        "app1.cnf:5: candidate_mster: no such parameter; did you mean candidate_master?",
                        "app1.cnf:8: hostname=host 1: must be a host name or address: letters, digits and . _ - : %",
                        "app1.cnf:9: no_master=yes: must be 0 or 1",
                        "app1.cnf:10: port=70000: must be a port number from 1 to 65535",
                        "app1.cnf:11: no_master is set already in line 9; remove one of them",
                        "app1.cnf:13: [master]: must be [server default], [server<id>] or [binlog<id>]",
                        "app1.cnf:15: master_binlog_dir=,: must be at least one directory, comma between",
                        "app1.cnf:16: ssh_options=-i \"x: must be words as in a shell, every quote closed",
                        "app1.cnf:17: user=: must be not empty",
                        "app1.cnf:14: [server1] stands already at app1.cnf:7; join the two",
                        "app1.cnf:7: [server1] has no hostname; add hostname=NAME or remove the section",
                        "app1.cnf:12: [server2] has no hostname; add hostname=NAME or remove the section");
    }

    @Test
    void a_feed_address_is_one_address_and_no_name() {
        List<String> bad = List.of("0.0.0.0", "::", "db1", "10.0.0.256", "10.0.0.9:3306");
        for (String text : bad) {
            assertThat(OwnParameters.FEED_ADDRESS.accepts(text)).as(text).isFalse();
        }
        assertThat(List.of("10.0.0.9", "127.0.0.1", "fd00::9", "")).allMatch(OwnParameters.FEED_ADDRESS::accepts);
    }

    @Test
    void no_message_repeats_what_may_be_a_password() {
        String all = String.join("\n", problems("[server1]\nhostname=a\npasword=hunter2\nhunter2\n"));
        assertThat(all).contains("did you mean password?").doesNotContain("hunter2");
    }

    @Test
    void a_file_without_servers_and_a_binlog_host_without_name_are_problems() {
        assertThat(problems("[binlog1]\nmaster_binlog_dir=/x\n"))
                .containsExactly(
                        "app1.cnf:1: [binlog1] has no hostname; add hostname=NAME or remove the section",
                        "app1.cnf: has no [serverN] section; at least one is needed");
    }

    @Test
    void what_has_no_effect_where_it_stands_is_a_warning() {
        assertThat(warnings("[server default]\nhostname=x\n[server1]\nhostname=y\nanything=1\n", """
                        [server default]
                        candidate_master=1
                        [server1]
                        hostname=host1
                        manager_workdir=/tmp/x
                        client_bindir=/usr/bin
                        [binlog1]
                        hostname=host2
                        no_master=1
                        """))
                .containsExactly(
                        "default.cnf:2: hostname has no effect in [server default];"
                                + " set it in the section of the server that is meant",
                        "default.cnf:3: [server1] has no effect in the global file",
                        "app1.cnf:2: candidate_master has no effect in [server default];"
                                + " set it in the section of the server that is meant",
                        "app1.cnf:5: manager_workdir has no effect in [server1]; set it in [server default]",
                        "app1.cnf:6: client_bindir is accepted but has no effect:"
                                + " no client programs are run on database hosts",
                        "app1.cnf:9: no_master has no effect in [binlog1]");
    }

    @Test
    void a_parameter_that_has_no_effect_in_the_defaults_does_not_reach_the_servers() {
        EffectiveConfig config = read("", "[server default]\ncandidate_master=1\n[server1]\nhostname=host1\n");
        assertThat(config.servers().get(0).get(Parameters.CANDIDATE_MASTER)).isFalse();
    }

    @Test
    void every_value_knows_its_origin() {
        Values server = read(
                        "[server default]\nuser=mha\nport=3307\n",
                        "[server default]\nport=3308\n[server1]\nhostname=host1\n")
                .servers()
                .get(0);
        assertThat(List.of(Parameters.HOSTNAME, Parameters.USER, Parameters.PORT, Parameters.NO_MASTER))
                .extracting(p -> server.setting(p).orElseThrow().origin().text())
                .containsExactly("app1.cnf:4", "default.cnf:2", "app1.cnf:2", "default");
        assertThat(server.setting(Parameters.SSH_USER).orElseThrow().text()).isEqualTo("operator");
    }

    @Test
    void servers_stand_in_the_order_of_mha() {
        EffectiveConfig config = read(
                "", "[server10]\nhostname=a\n[server2]\nhostname=b\n[binlog2]\nhostname=c\n[binlog1]\nhostname=d\n");
        assertThat(config.servers()).extracting(Values::section).containsExactly("server2", "server10");
        assertThat(config.binlogHosts()).extracting(Values::section).containsExactly("binlog1", "binlog2");
    }

    @Test
    void directories_lose_the_blanks_around_commas() {
        Values server = read("", "[server1]\nhostname=a\nmaster_binlog_dir=\"/data/a b , /data/c,\"\n")
                .servers()
                .get(0);
        assertThat(server.get(Parameters.MASTER_BINLOG_DIR)).containsExactly("/data/a b", "/data/c");
    }

    @Test
    void log_levels_come_down_to_the_four_that_are_written() {
        assertThat(read("", "[server default]\nlog_level=NOTICE\n[server1]\nhostname=a\n")
                        .application()
                        .get(Parameters.LOG_LEVEL))
                .isEqualTo("warning");
    }

    @Test
    void the_application_is_named_after_its_file() {
        assertThat(List.of("/etc/mha/app1.cnf", "a.b.cnf", "app", "/etc/.cnf"))
                .extracting(Application::nameOf)
                .containsExactly("app1", "a.b", "app", "/etc/.cnf");
    }

    @Test
    void nothing_that_holds_a_password_shows_it_when_printed() {
        IniFile file = IniFile.parse("app1.cnf", "[server1]\nhostname=a\npassword=hunter2\n");
        EffectiveConfig config = new ConfigReader(file, Optional.empty(), findings).effective("me");
        assertThat(file + " " + config + " " + new ConfigText("password=hunter2"))
                .doesNotContain("hunter2");
    }
}
