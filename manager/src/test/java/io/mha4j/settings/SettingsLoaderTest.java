package io.mha4j.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mha4j.base.Deadline;
import io.mha4j.base.Secret;
import io.mha4j.config.Application;
import io.mha4j.config.ConfigException;
import io.mha4j.config.Parameters;
import io.mha4j.config.ServerSettings;
import io.mha4j.config.report.ReportSettings;
import io.mha4j.config.report.ReportSettings.Login;
import io.mha4j.config.report.ReportSettings.Mail;
import io.mha4j.config.report.ReportSettings.Smtp;
import io.mha4j.config.report.ReportSettings.SmtpTls;
import io.mha4j.remote.LocalRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsLoaderTest {
    private static final Map<String, String> NAMES =
            Map.of("host1", "10.0.0.1", "host2", "10.0.0.2", "alias2", "10.0.0.2", "ssh1", "10.1.0.1");

    @TempDir
    private Path dir;

    /** Knows a few names, as a hosts file does. */
    private static final class Hosts implements NameResolver {
        @Override
        public Map<String, String> addressesOf(Set<String> hosts, Deadline deadline) {
            Map<String, String> found = new LinkedHashMap<>(NAMES);
            found.keySet().retainAll(hosts);
            return found;
        }
    }

    private LoadedSettings load(String global, String app) {
        Surroundings here = new Surroundings("operator", Map.of("MHA_PASSWORD", "from env"));
        return new SettingsLoader(new LocalRunner(), new Hosts(), here, System::nanoTime)
                .load(new ConfigFiles(
                        file("app1.cnf", app).toString(),
                        global.isEmpty()
                                ? dir.resolve("none.cnf").toString()
                                : file("default.cnf", global).toString()));
    }

    private Path file(String name, String text) {
        try {
            return Files.writeString(dir.resolve(name), text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String problemsOf(String app) {
        try {
            load("", app);
            throw new AssertionError("loaded");
        } catch (ConfigException e) {
            return e.problems().stream()
                    .map(problem -> problem.toString().replace(dir + "/", ""))
                    .collect(Collectors.joining("\n"));
        }
    }

    @Test
    void a_small_file_gets_the_defaults_of_mha() {
        Application app = load("", "[server1]\nhostname=host1\n").application();
        ServerSettings server = app.servers().get(0);
        assertThat(app.name()).isEqualTo("app1");
        assertThat(app.workdir()).isEqualTo("/var/tmp");
        assertThat(app.log()).isEmpty();
        assertThat(app.logLevel()).isEqualTo("info");
        assertThat(server.id()).hasToString("host1(10.0.0.1:3306)");
        assertThat(server.mysql().user()).isEqualTo("root");
        assertThat(server.mysql().password()).isEqualTo(Secret.EMPTY);
        assertThat(server.mysql().replUser()).isEmpty();
        assertThat(server.ssh().user()).isEqualTo("operator");
        assertThat(server.ssh().ip()).isEqualTo("10.0.0.1");
        assertThat(server.ssh().host()).isEqualTo("host1");
        assertThat(server.watching().pingInterval()).hasSeconds(3);
        assertThat(server.watching().pingType()).isEqualTo(ServerSettings.PingType.SELECT);
        assertThat(server.paths().binlogDirs()).containsExactly("/var/lib/mysql", "/var/log/mysql");
        assertThat(server.policy().latestPriority()).isTrue();
        assertThat(server.policy().handleRawBinlog()).isTrue();
        assertThat(server.policy().multiTierSlave()).isFalse();
    }

    @Test
    void local_goes_before_script_before_application_before_global() {
        LoadedSettings loaded = load("""
                [server default]
                user=global
                repl_user=global
                ssh_user=global
                port=4001
                """, """
                [server default]
                repl_user=app
                ssh_user=app
                port=4002
                init_conf_load_script=printf 'ssh_user=script\\nport=4003\\n'
                [server1]
                hostname=host1
                port=4004
                """);
        ServerSettings server = loaded.application().servers().get(0);
        assertThat(server.mysql().user()).isEqualTo("global");
        assertThat(server.mysql().replUser()).contains("app");
        assertThat(server.ssh().user()).isEqualTo("script");
        assertThat(server.id().port()).isEqualTo(4004);
        assertThat(loaded.effective()
                        .servers()
                        .get(0)
                        .setting(Parameters.SSH_USER)
                        .orElseThrow()
                        .origin()
                        .text())
                .isEqualTo("init_conf_load_script:1");
    }

    @Test
    void an_empty_value_switches_an_inherited_script_off() {
        Application app = load(
                        "[server default]\nshutdown_script=/bin/power\n",
                        "[server default]\nshutdown_script=\"\"\n[server1]\nhostname=host1\n")
                .application();
        assertThat(app.servers().get(0).scripts().shutdown()).isEmpty();
    }

    @Test
    void a_value_printed_by_the_script_keeps_its_equals_signs() {
        Application app = load(
                        "",
                        "[server default]\ninit_conf_load_script=\"echo 'password=a=b=c ; d'\"\n[server1]\nhostname=host1\n")
                .application();
        assertThat(app.servers().get(0).mysql().password().reveal()).isEqualTo("a=b=c ; d");
    }

    @Test
    void a_failing_script_is_a_problem_with_its_status_and_last_words() {
        assertThat(
                        problemsOf(
                                "[server default]\ninit_conf_load_script=echo vault sealed >&2; exit 3\n[server1]\nhostname=host1\n"))
                .isEqualTo("app1.cnf:2: init_conf_load_script=echo vault sealed >&2; exit 3: "
                        + "ended with exit status 3, must be 0; it said: vault sealed");
    }

    @Test
    void secrets_come_from_the_environment_and_from_files() {
        Path secret = file("secret", "from file\nsecond line\n");
        LoadedSettings loaded = load(
                "",
                "[server default]\npassword=env:MHA_PASSWORD\nrepl_password=file:" + secret
                        + "\n[server1]\nhostname=host1\n");
        ServerSettings.Mysql mysql = loaded.application().servers().get(0).mysql();
        assertThat(mysql.password().reveal()).isEqualTo("from env");
        assertThat(mysql.replPassword().map(Secret::reveal)).contains("from file");
        assertThat(loaded.effective().servers().get(0).shown(Parameters.PASSWORD))
                .isEqualTo("***");
    }

    @Test
    void a_secret_that_is_empty_is_none() {
        Path secret = file("secret", "\nsecond line\n");
        Path nothing = file("nothing", "");
        assertThat(problemsOf("[server default]\npassword=file:" + nothing + "\nrepl_password=file:" + secret
                        + "\n[server1]\nhostname=host1\n"))
                .isEqualTo("app1.cnf:2: password=file:nothing"
                        + ": the first line of the file is empty; write the password there\n"
                        + "app1.cnf:3: repl_password=file:secret"
                        + ": the first line of the file is empty; write the password there");
    }

    @Test
    void a_quoted_secret_is_the_secret_itself_and_says_so() {
        Application app = load("", "[server1]\nhostname=host1\npassword='env:MHA_PASSWORD'\n")
                .application();
        assertThat(app.servers().get(0).mysql().password().reveal()).isEqualTo("env:MHA_PASSWORD");
        assertThat(app.warnings()).anyMatch(w -> w.contains("app1.cnf:3: password is in quotes"));
    }

    @Test
    void a_secret_that_cannot_be_had_is_one_problem_however_many_servers_inherit_it() {
        assertThat(problemsOf(
                        "[server default]\npassword=env:NOPE\n[server1]\nhostname=host1\n[server2]\nhostname=host2\n"))
                .isEqualTo("app1.cnf:2: password=env:NOPE: "
                        + "the environment has no such variable; set it or write the password");
    }

    @Test
    void who_is_told_of_a_failover_is_one_setting_for_the_application_with_its_secrets_fetched() {
        LoadedSettings loaded = load(
                "[server default]\nwebhook_url=https://op:x@example.com/hook?a=%20b\nsmtp_tls=starttls\n",
                "[server default]\nmail_to=dba@example.com , root\nsmtp_host=mx\nsmtp_user=mha\n"
                        + "smtp_password=env:MHA_PASSWORD\n[server1]\nhostname=host1\n");
        ReportSettings reports = loaded.application().reports();
        assertThat(reports.webhook()).contains(new Secret("https://op:x@example.com/hook?a=%20b"));
        assertThat(reports.mail())
                .contains(new Mail(
                        List.of("dba@example.com", "root"),
                        "dba@example.com",
                        new Smtp("mx", 587, SmtpTls.STARTTLS, Optional.of(new Login("mha", new Secret("from env"))))));
        assertThat(loaded.application().warnings()).noneMatch(w -> w.contains("clear text"));
    }

    @Test
    void nobody_is_told_of_a_failover_unless_the_file_says_so() {
        assertThat(load("", "[server1]\nhostname=host1\n").application().reports())
                .isEqualTo(ReportSettings.NONE);
    }

    @Test
    void a_webhook_that_is_no_address_is_a_problem_that_does_not_show_it_and_so_is_half_a_login() {
        for (String bad :
                List.of("ftp://opensesame", "https:///opensesame", "http://a b/opensesame", "env:MHA_PASSWORD")) {
            assertThat(problemsOf("[server default]\nwebhook_url=" + bad + "\n[server1]\nhostname=host1\n"))
                    .startsWith("app1.cnf:2")
                    .contains("webhook_url=***: must be http://HOST/PATH")
                    .doesNotContain("opensesame", "from env");
        }
        assertThat(problemsOf("[server default]\nsmtp_user=mha\nmail_to=a b\n[server1]\nhostname=host1\n"))
                .contains(
                        "app1.cnf:2: smtp_user has no smtp_password",
                        "app1.cnf:3: mail_to=a b: must be mail addresses of plain letters, comma between");
    }

    @Test
    void a_mail_password_in_clear_text_is_a_warning_unless_the_mail_server_is_here() {
        String login = "smtp_user=mha\nsmtp_password=x\n[server1]\nhostname=host1\n";
        assertThat(load("", "[server default]\nsmtp_host=mx\n" + login)
                        .application()
                        .warnings())
                .anyMatch(w -> w.contains("app1.cnf:3: smtp_password goes through the network in clear text"));
        assertThat(load("", "[server default]\n" + login).application().warnings())
                .noneMatch(w -> w.contains("clear text"));
    }

    @Test
    void a_name_that_cannot_be_resolved_is_a_warning_and_stands_for_itself() {
        Application app = load("", "[server1]\nhostname=elsewhere\n[server2]\nhostname=host2\n")
                .application();
        assertThat(app.servers().get(0).id()).hasToString("elsewhere(elsewhere:3306)");
        assertThat(app.warnings()).anyMatch(w -> w.contains("[server1] elsewhere cannot be resolved"));
    }

    @Test
    void configured_addresses_are_used_as_they_are() {
        ServerSettings server = load("", "[server1]\nhostname=elsewhere\nip=10.9.9.9\nssh_ip=10.8.8.8\n")
                .application()
                .servers()
                .get(0);
        assertThat(server.id().ip()).isEqualTo("10.9.9.9");
        assertThat(server.ssh().ip()).isEqualTo("10.8.8.8");
    }

    @Test
    void another_ssh_host_is_looked_up_by_its_own_name() {
        ServerSettings server = load("", "[server1]\nhostname=host1\nssh_host=ssh1\n")
                .application()
                .servers()
                .get(0);
        assertThat(server.ssh().host()).isEqualTo("ssh1");
        assertThat(server.ssh().ip()).isEqualTo("10.1.0.1");
        assertThat(server.id().ip()).isEqualTo("10.0.0.1");
    }

    @Test
    void ssh_options_belong_to_one_server() {
        Application app = load(
                        "",
                        "[server1]\nhostname=host1\nssh_options=\"-i '/root/my key' -o A=b\"\n[server2]\nhostname=host2\n")
                .application();
        assertThat(app.servers().get(0).ssh().options()).containsExactly("-i", "/root/my key", "-o", "A=b");
        assertThat(app.servers().get(1).ssh().options()).isEmpty();
    }

    @Test
    void two_names_of_one_server_are_a_problem() {
        assertThat(problemsOf("[server1]\nhostname=host2\n[server2]\nhostname=alias2\n"))
                .isEqualTo("app1.cnf:3: [server2] is the server of [server1] again, both are at 10.0.0.2:3306;"
                        + " remove one or correct hostname, ip or port");
    }

    @Test
    void a_missing_application_file_is_named() {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> new SettingsLoader(
                                new LocalRunner(), new Hosts(), new Surroundings("me", Map.of()), System::nanoTime)
                        .load(ConfigFiles.of("/nowhere/app1.cnf")))
                .withMessage("/nowhere/app1.cnf: cannot be read: no such file");
    }

    @Test
    void a_missing_global_file_is_a_warning() {
        assertThat(load("", "[server1]\nhostname=host1\n").application().warnings())
                .containsExactly("global configuration file " + dir.resolve("none.cnf")
                        + " not found; built-in defaults are used");
    }

    private LoadedSettings loadBytes(byte[] app) throws IOException {
        Files.write(dir.resolve("app1.cnf"), app);
        return new SettingsLoader(
                        new LocalRunner(), new Hosts(), new Surroundings("operator", Map.of()), System::nanoTime)
                .load(new ConfigFiles(
                        dir.resolve("app1.cnf").toString(),
                        dir.resolve("none.cnf").toString()));
    }

    @Test
    void a_byte_order_mark_is_no_part_of_the_text() throws IOException {
        LoadedSettings settings = loadBytes("\uFEFF[server1]\nhostname=host1\n".getBytes(StandardCharsets.UTF_8));
        assertThat(settings.application().servers()).hasSize(1);
    }

    @Test
    void comments_in_another_encoding_are_a_warning() throws IOException {
        LoadedSettings settings =
                loadBytes("[server1]\n# f\u00fcr uns\nhostname=host1 ; \u00fcber\n[server2]\nhostname=host2\n"
                        .getBytes(StandardCharsets.ISO_8859_1));
        assertThat(settings.application().servers()).hasSize(2);
        assertThat(settings.application().warnings())
                .filteredOn(warning -> warning.contains("UTF-8"))
                .containsExactly(dir.resolve("app1.cnf")
                        + ":2: a comment is not UTF-8, which does no harm; save the file as UTF-8");
    }

    @Test
    void a_value_in_another_encoding_is_a_problem_of_its_line() {
        byte[] app = "[server1]\nhostname=host1\npassword=M\u00fcll\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> loadBytes(app))
                .satisfies(e -> assertThat(e.problems())
                        .extracting(Object::toString)
                        .containsExactly(dir.resolve("app1.cnf")
                                + ":3: a value or name is not UTF-8 text; save the file as UTF-8"));
    }

    /** Where the state is, by an account and in an hour that gets at nothing else. */
    private StatePlace place(String app) {
        return place(app, Optional.empty());
    }

    private StatePlace place(String app, Optional<String> directory) {
        NameResolver silent = (hosts, deadline) -> {
            throw new AssertionError("names were looked up");
        };
        return new SettingsLoader(new LocalRunner(), silent, new Surroundings("nagios", Map.of()), System::nanoTime)
                .place(
                        new ConfigFiles(
                                file("app1.cnf", app).toString(),
                                dir.resolve("none.cnf").toString()),
                        directory);
    }

    @Test
    void where_the_state_is_needs_no_secret_no_name_and_no_script() {
        String app = "[server default]\nmanager_workdir=/srv/mha\nmanager_log=/srv/mha/app1.log\npassword=env:NONE\n"
                + "repl_password=file:/none\ninit_conf_load_script=exit 3\n[server1]\nhostname=nobody\n";

        assertThat(place(app).workdir()).isEqualTo("/srv/mha");
        assertThat(place(app, Optional.of("/srv/named")))
                .isEqualTo(new StatePlace("app1", "/srv/named", Optional.empty(), Optional.empty(), List.of()));
    }

    @Test
    void a_script_that_failed_could_have_named_another_directory() {
        String app = "[server default]\nmanager_workdir=/srv/mha\ninit_conf_load_script=%s\n[server1]\nhostname=h\n";

        assertThat(place(app.formatted("exit 3")).doubts())
                .singleElement()
                .asString()
                .contains("init_conf_load_script=exit 3: ended with exit status 3", "taken to be /srv/mha");
        assertThat(place(app.formatted("echo user=mha")).doubts()).isEmpty();
    }

    @Test
    void where_the_state_is_may_be_told_by_the_script_alone() {
        String app = "[server default]\ninit_conf_load_script=%s\n[server1]\nhostname=nobody\n";

        assertThat(place(app.formatted("echo manager_workdir=/srv/mha")).workdir())
                .isEqualTo("/srv/mha");
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> place(app.formatted("exit 3")))
                .withMessageContaining("init_conf_load_script=exit 3: ended with exit status 3");
        assertThat(place(app.formatted("exit 3"), Optional.of("/srv/named")).workdir())
                .isEqualTo("/srv/named");
    }
}
