package io.mha4j.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.Secret;
import io.mha4j.base.ServerId;
import io.mha4j.config.ServerSettings;
import io.mha4j.config.ServerSettings.HookSecrets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScriptArgumentsTest {
    private static final String ALIVE =
            "-o ServerAliveInterval=60 -o ServerAliveCountMax=20 -o StrictHostKeyChecking=no -o ConnectionAttempts=5"
                    + " -o PasswordAuthentication=no -o BatchMode=yes -i /etc/mha/key";
    private static final String CHECK = "-o StrictHostKeyChecking=no -o PasswordAuthentication=no -o BatchMode=yes"
            + " -o ConnectTimeout=7 -i /etc/mha/key";

    private final IpFailoverScript ip = new IpFailoverScript("/usr/bin/ip_failover --vip=10.1.1.1");
    private final ShutdownScript shutdown = new ShutdownScript("/usr/bin/power_manager");
    private final ServerSettings db1 = Servers.plain("db1", "10.0.0.1");
    private final ServerSettings db2 = Servers.plain("db2", "10.0.0.2");

    /** Everything that SSHARGS can hold differs from what a script would guess. */
    private final ServerSettings special = Servers.of(
            new ServerId(0, "server1", "db1", "10.0.0.1", 3307),
            new ServerSettings.Ssh(
                    "adm1", "10.9.0.1", 2222, "mha", List.of("-i", "/etc/mha/key"), Duration.ofSeconds(7)),
            new Secret("pw"),
            Optional.of("/var/run/mysqld.pid"));

    @Test
    void a_report_reaches_the_script_as_it_is() {
        HookCall call = new ReportScript("/usr/bin/send_report --to=ops")
                .told(List.of("--orig_master_host=db1", "--new_slave_hosts=", "--body=a=b\n\0it's \"$HOME\"\n"));
        assertThat(argv(call))
                .containsExactly("--orig_master_host=db1", "--new_slave_hosts=", "--body=a=b\nit's \"$HOME\"\n");
        assertThat(call.line())
                .isEqualTo("/usr/bin/send_report --to=ops --orig_master_host=db1 --new_slave_hosts=''"
                        + " --body='a=b\nit'\\''s \"$HOME\"\n'");
        assertThat(call.mayGoOn()).isFalse();
    }

    @Test
    void ip_failover_status() {
        assertThat(argv(ip.status(db1)))
                .containsExactly(
                        "--command=status",
                        "--ssh_user=root",
                        "--orig_master_host=db1",
                        "--orig_master_ip=10.0.0.1",
                        "--orig_master_port=3306");
        assertThat(ip.status(db1).mayGoOn()).isFalse();
    }

    @Test
    void ip_failover_stopssh() {
        assertThat(argv(ip.stop(db1, true)))
                .containsExactly(
                        "--orig_master_host=db1",
                        "--orig_master_ip=10.0.0.1",
                        "--orig_master_port=3306",
                        "--command=stopssh",
                        "--ssh_user=root");
        assertThat(ip.stop(db1, true).mayGoOn()).isTrue();
    }

    @Test
    void ip_failover_stop_has_no_ssh_user() {
        assertThat(argv(ip.stop(db1, false)))
                .containsExactly(
                        "--orig_master_host=db1",
                        "--orig_master_ip=10.0.0.1",
                        "--orig_master_port=3306",
                        "--command=stop");
    }

    @Test
    void ip_failover_start() {
        assertThat(argv(ip.start(db1, true, db2)))
                .containsExactly(
                        "--command=start",
                        "--ssh_user=root",
                        "--orig_master_host=db1",
                        "--orig_master_ip=10.0.0.1",
                        "--orig_master_port=3306",
                        "--new_master_host=db2",
                        "--new_master_ip=10.0.0.2",
                        "--new_master_port=3306",
                        "--new_master_user=admin",
                        "--new_master_password=pw");
    }

    @Test
    void ip_failover_with_ssh_that_differs() {
        assertThat(argv(ip.stop(special, true)))
                .containsExactly(
                        "--orig_master_host=db1",
                        "--orig_master_ip=10.0.0.1",
                        "--orig_master_port=3307",
                        "--command=stopssh",
                        "--ssh_user=mha",
                        "--orig_master_ssh_host=adm1",
                        "--orig_master_ssh_ip=10.9.0.1",
                        "--orig_master_ssh_port=2222",
                        "--ssh_options=" + ALIVE);
        assertThat(argv(ip.stop(special, false))).endsWith("--ssh_options=" + CHECK);
    }

    @Test
    void ip_failover_start_names_both_ssh_addresses_and_the_options_once() {
        List<String> argv = argv(ip.start(special, false, special));

        assertThat(argv)
                .endsWith(
                        "--orig_master_ssh_host=adm1",
                        "--orig_master_ssh_ip=10.9.0.1",
                        "--orig_master_ssh_port=2222",
                        "--new_master_ssh_host=adm1",
                        "--new_master_ssh_ip=10.9.0.1",
                        "--new_master_ssh_port=2222",
                        "--ssh_options=" + CHECK);
        assertThat(argv).filteredOn(a -> a.startsWith("--ssh_options")).hasSize(1);
    }

    @Test
    void ip_online_change_stop_and_start() {
        IpOnlineChangeScript change = new IpOnlineChangeScript("/usr/bin/online_change", false, HookSecrets.ARGV);
        List<String> common = List.of(
                "--orig_master_host=db1",
                "--orig_master_ip=10.0.0.1",
                "--orig_master_port=3306",
                "--orig_master_user=admin",
                "--new_master_host=db2",
                "--new_master_ip=10.0.0.2",
                "--new_master_port=3306",
                "--new_master_user=admin",
                "--orig_master_ssh_user=root",
                "--new_master_ssh_user=root",
                "--orig_master_password=pw",
                "--new_master_password=pw");
        assertThat(argv(change.stop(db1, db2))).startsWith("--command=stop").endsWith(common.toArray(new String[0]));
        assertThat(argv(change.start(db1, db2))).startsWith("--command=start").endsWith(common.toArray(new String[0]));
        assertThat(change.stop(db1, db2).mayGoOn()).isTrue();
        assertThat(change.start(db1, db2).masked()).endsWith(" --orig_master_password=*** --new_master_password=***");
    }

    @Test
    void in_the_environment_each_password_has_the_name_of_its_argument() {
        ServerSettings named = Servers.handingSecretsInEnvironment(db1, new Secret("pw1"));
        HookCall change = new IpOnlineChangeScript("/usr/bin/online_change", false, HookSecrets.ENV).stop(named, db2);
        assertThat(change.environment())
                .containsExactly(Map.entry("NEW_MASTER_PASSWORD", "pw"), Map.entry("ORIG_MASTER_PASSWORD", "pw1"));
        assertThat(change.line()).doesNotContain("pw").doesNotContain("password");
        assertThat(change.toString())
                .startsWith("ORIG_MASTER_PASSWORD=*** NEW_MASTER_PASSWORD=*** /usr/bin/online_change --command=stop ")
                .doesNotContain("pw");

        HookCall asked = new SecondaryCheckScript("/usr/bin/ask").ask(named);
        assertThat(asked.environment()).containsExactly(Map.entry("MASTER_PASSWORD", "pw1"));
        assertThat(asked.line()).contains("--master_user=").doesNotContain("pw1");
    }

    @Test
    void ip_online_change_tells_what_becomes_of_the_old_master() {
        assertThat(argv(new IpOnlineChangeScript("/usr/bin/online_change", true, HookSecrets.ARGV).stop(special, db2)))
                .endsWith(
                        "--orig_master_ssh_host=adm1",
                        "--orig_master_ssh_ip=10.9.0.1",
                        "--orig_master_ssh_port=2222",
                        "--ssh_options=" + ALIVE,
                        "--orig_master_is_new_slave",
                        "--orig_master_password=pw",
                        "--new_master_password=pw");
    }

    @Test
    void shutdown_status() {
        assertThat(argv(shutdown.status(db1)))
                .containsExactly("--command=status", "--ssh_user=root", "--host=db1", "--ip=10.0.0.1");
        assertThat(shutdown.status(db1).mayGoOn()).isFalse();
    }

    @Test
    void shutdown_stopssh_and_stop() {
        assertThat(argv(shutdown.stop(db1, true)))
                .containsExactly("--command=stopssh", "--ssh_user=root", "--host=db1", "--ip=10.0.0.1", "--port=3306");
        assertThat(argv(shutdown.stop(db1, false)))
                .containsExactly("--command=stop", "--host=db1", "--ip=10.0.0.1", "--port=3306");
        assertThat(shutdown.stop(db1, true).mayGoOn()).isTrue();
    }

    @Test
    void shutdown_with_pid_file_and_ssh_that_differs() {
        assertThat(argv(shutdown.stop(special, true)))
                .containsExactly(
                        "--command=stopssh",
                        "--ssh_user=mha",
                        "--host=db1",
                        "--ip=10.0.0.1",
                        "--port=3307",
                        "--pid_file=/var/run/mysqld.pid",
                        "--ssh_host=adm1",
                        "--ssh_ip=10.9.0.1",
                        "--ssh_port=2222",
                        "--ssh_options=" + ALIVE);
    }

    @Test
    void only_the_host_name_differs_and_both_are_given() {
        ServerSettings renamed = Servers.of(
                new ServerId(0, "server1", "db1", "10.0.0.1", 3306),
                new ServerSettings.Ssh("adm1", "10.0.0.1", 22, "root", List.of(), Duration.ofSeconds(5)),
                Secret.EMPTY,
                Optional.empty());

        assertThat(argv(shutdown.status(renamed))).endsWith("--ssh_host=adm1", "--ssh_ip=10.0.0.1");
    }

    @Test
    void the_password_is_masked_in_every_text_form() {
        HookCall call = ip.start(db1, true, db2);

        assertThat(call.masked())
                .startsWith("/usr/bin/ip_failover --vip=10.1.1.1 --command=start --ssh_user=root ")
                .endsWith(" --new_master_user=admin --new_master_password=***");
        assertThat(call.toString()).isEqualTo(call.masked());
        assertThat(call.arguments().toString()).doesNotContain("pw");
    }

    private static List<String> argv(HookCall call) {
        return call.arguments().stream().map(HookCall.Argument::text).toList();
    }
}
