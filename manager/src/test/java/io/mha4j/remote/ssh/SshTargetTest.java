package io.mha4j.remote.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import io.mha4j.base.CommandException;
import io.mha4j.config.ServerSettings;
import io.mha4j.config.ServerSettings.HostKeyCheck;
import io.mha4j.config.ServerSettings.SshManner;
import io.mha4j.config.ServerSettings.SshTransport;
import io.mha4j.remote.ssh.HostKeyRule.Strictness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SshTargetTest {
    @TempDir
    private Path home = Path.of("");

    private Path ssh = Path.of("");

    @BeforeEach
    void folder() throws IOException {
        ssh = Files.createDirectory(home.resolve(".ssh"));
    }

    @Test
    void without_options_and_files_the_defaults_are_those_of_ssh() throws IOException {
        Files.createFile(ssh.resolve("id_rsa"));
        Files.createFile(ssh.resolve("id_ed25519"));

        SshTarget target = target();

        assertThat(target.name()).isEqualTo("mha@10.0.0.1:22");
        assertThat(target.identityFiles()).containsExactly(ssh.resolve("id_ed25519"), ssh.resolve("id_rsa"));
        assertThat(target.hostKeys().strictness()).isEqualTo(Strictness.ACCEPT_NEW);
        assertThat(target.hostKeys().userFiles()).containsExactly(ssh.resolve("known_hosts"));
        assertThat(target.limit()).isEqualTo(Duration.ofSeconds(5));
        assertThat(target.aliveInterval()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void options_come_before_the_file_and_the_file_before_defaults() throws IOException {
        config("""
                # comment
                Host db*
                    IdentityFile /wrong
                Host 10.0.0.9 10.0.0.?
                    IdentityFile ~/keys/%r
                    StrictHostKeyChecking yes
                    ServerAliveInterval=9
                    Ciphers aes256-ctr
                Match user mha
                    HostName 10.9.9.9
                Host *
                    HostKeyAlias "tree one"
                    ServerAliveInterval 99
                """);

        SshTarget target = target("-o", "StrictHostKeyChecking=no", "-i", "/first", "-p", "2222", "-l", "other");

        assertThat(target.name()).isEqualTo("other@10.0.0.1:2222");
        assertThat(target.identityFiles()).containsExactly(Path.of("/first"), home.resolve("keys/mha"));
        assertThat(target.hostKeys().strictness()).isEqualTo(Strictness.OFF);
        assertThat(target.hostKeys().alias()).contains("tree one");
        assertThat(target.aliveInterval()).isEqualTo(Duration.ofSeconds(9));
        assertThat(target.algorithms()).isEqualTo(Map.of("ciphers", "aes256-ctr"));
    }

    @Test
    void a_negated_pattern_leaves_a_section_out() throws IOException {
        config("Host 10.* !10.0.0.1\n  HostName other\n");

        assertThat(target().address()).isEqualTo("10.0.0.1");
    }

    @Test
    void another_file_is_read_instead_and_files_are_included() throws IOException {
        Files.createDirectories(ssh.resolve("conf.d"));
        Files.writeString(ssh.resolve("conf.d/a.conf"), "Host 10.0.0.1\n  HostName 10.7.7.7\n");
        Path other = Files.writeString(home.resolve("other"), "Include conf.d/*.conf\nHost *\n  HostName wrong\n");
        config("HostName never\n");

        assertThat(target("-F", other.toString()).address()).isEqualTo("10.7.7.7");
        assertThat(target("-F", "none").address()).isEqualTo("10.0.0.1");
    }

    @Test
    void what_would_reach_another_host_is_refused_by_name() throws IOException {
        assertThatThrownBy(() -> target("-J", "bastion"))
                .isInstanceOf(CommandException.class)
                .hasMessage("SSH to db1: ssh_options holds -J bastion, which is not supported; remove it, or set"
                        + " ssh_transport=ssh");
        config("Host 10.0.0.1\n  ProxyJump bastion\n");
        assertThatThrownBy(this::target)
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("sets proxyjump for 10.0.0.1, which is not supported");
        config("Host 10.0.0.1\n  ProxyJump none\n");
        assertThat(target().address()).isEqualTo("10.0.0.1");
    }

    @Test
    void ssh_host_key_check_comes_after_the_options_and_before_the_file() throws IOException {
        config("StrictHostKeyChecking no\n");

        assertThat(target().hostKeys().strictness()).isEqualTo(Strictness.OFF);
        assertThat(checked(HostKeyCheck.STRICT).hostKeys().strictness()).isEqualTo(Strictness.STRICT);
        assertThat(checked(HostKeyCheck.ACCEPT_NEW).hostKeys().strictness()).isEqualTo(Strictness.ACCEPT_NEW);
        assertThat(checked(HostKeyCheck.STRICT, "-o", "StrictHostKeyChecking=off")
                        .hostKeys()
                        .strictness())
                .isEqualTo(Strictness.OFF);
    }

    @ParameterizedTest
    @CsvSource({"Yes,STRICT", "true,STRICT", "NO,OFF", "false,OFF", "Off,OFF", "Accept-New,ACCEPT_NEW", "ASK,ACCEPT_NEW"
    })
    void words_are_compared_without_case(String word, Strictness strictness) {
        assertThat(target("-o", "StrictHostKeyChecking=" + word).hostKeys().strictness())
                .isEqualTo(strictness);
    }

    @Test
    void tokens_in_names_of_files_are_expanded_once() {
        String account = System.getProperty("user.name");

        assertThat(target("-i", "/keys/%u@%h", "-i", "/keys/%%d-%r").identityFiles())
                .containsExactly(Path.of("/keys/" + account + "@10.0.0.1"), Path.of("/keys/%d-mha"));
    }

    @Test
    void the_agent_is_the_one_that_is_named() {
        assertThat(target("-o", "IdentityAgent=/run/agent").agent()).contains(Path.of("/run/agent"));
        assertThat(target("-o", "IdentityAgent=~/agent").agent()).contains(home.resolve("agent"));
        assertThat(target("-o", "IdentityAgent=none").agent()).isEmpty();
        assertThat(target("-o", "IdentityAgent=$NO_SUCH_VARIABLE_OF_MHA4J").agent())
                .isEmpty();
        assertThat(target("-o", "IdentitiesOnly=yes").onlyNamedKeys()).isTrue();
        assertThat(target("-o", "IdentitiesOnly=True").onlyNamedKeys()).isTrue();
    }

    private SshTarget checked(HostKeyCheck check, String... options) {
        SshManner manner = new SshManner(Optional.of(check), false, SshTransport.JSCH);
        return SshTarget.of(
                new ServerSettings.Ssh("db1", "10.0.0.1", 22, "mha", List.of(options), Duration.ofSeconds(5), manner),
                home);
    }

    @Test
    void values_that_make_no_sense_are_named() {
        assertThatThrownBy(() -> target("-p", "ssh")).hasMessage("SSH to db1: port=ssh is no number; correct it");
        assertThatThrownBy(() -> target("-o", "ServerAliveInterval=5x"))
                .hasMessage("SSH to db1: serveraliveinterval=5x is no time, such as 90 or 1m30s; correct it");
        assertThatThrownBy(() -> target("-o", "StrictHostKeyChecking=maybe"))
                .hasMessage(
                        "SSH to db1: StrictHostKeyChecking=maybe is none of yes, accept-new, no, off, ask; correct it");
    }

    @ParameterizedTest
    @CsvSource({"9,9", "60s,60", "1m,60", "1M30s,90", "2h,7200", "1d1,86401", "2W,1209600", "0,0", "none,0"})
    void the_interval_of_questions_is_read_as_ssh_reads_times(String text, long seconds) {
        assertThat(target("-o", "ServerAliveInterval=" + text).aliveInterval()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void a_host_that_is_never_to_be_asked_is_not_asked_a_thousand_times_a_second() throws JSchException {
        assertThat(askedEvery("0")).isZero();
        assertThat(askedEvery("9")).isEqualTo(9000);
    }

    private int askedEvery(String interval) throws JSchException {
        Session session = new JSch().getSession("mha", "10.0.0.1", 22);
        SshConnection.configure(session, target("-o", "ServerAliveInterval=" + interval), doubt -> {});
        return session.getServerAliveInterval();
    }

    @Test
    void lists_of_algorithms_are_changed_as_ssh_config_says() {
        assertThat(SshAlgorithms.changed("a,b", "c")).isEqualTo("c");
        assertThat(SshAlgorithms.changed("a,b", "+c,d")).isEqualTo("a,b,c,d");
        assertThat(SshAlgorithms.changed("a,b", "-b")).isEqualTo("a");
        assertThat(SshAlgorithms.changed("a,b", "^b,c")).isEqualTo("b,c,a");
    }

    private void config(String text) throws IOException {
        Files.writeString(ssh.resolve("config"), text);
    }

    private SshTarget target(String... options) {
        return SshTarget.of(
                new ServerSettings.Ssh("db1", "10.0.0.1", 22, "mha", List.of(options), Duration.ofSeconds(5)), home);
    }
}
