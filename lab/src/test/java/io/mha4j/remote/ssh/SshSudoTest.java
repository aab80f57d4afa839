package io.mha4j.remote.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jcraft.jsch.JSchException;
import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.config.ServerSettings.SshManner;
import io.mha4j.config.ServerSettings.SshTransport;
import io.mha4j.lab.base.TestProgram;
import io.mha4j.remote.Host;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ssh_sudo=1}: what is asked of sudo, and what is made of its refusal. */
class SshSudoTest {
    private final SshServerFixture server = new SshServerFixture();

    @TempDir
    private Path home = Path.of("");

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void one_sudo_without_a_password_gives_the_shell_for_all_commands() throws IOException, JSchException {
        Path calls = home.resolve("calls");
        sudo("echo \"$*\" >> " + calls + "; shift; exec env WHO=root \"$@\"");

        try (SshSessions sessions = sessions()) {
            Host host = host(sessions);
            assertThat(host.run(List.of("sh", "-c", "echo $WHO"), soon()).stdout())
                    .isEqualTo("root\n");
            assertThat(host.fileSize(calls.toString(), soon())).isPositive();
        }
        assertThat(calls).hasContent("-n /bin/sh");
    }

    @Test
    void a_refusal_tells_the_line_for_sudoers() throws IOException, JSchException {
        // It reads first: this server drops what a program said that ended before its input came.
        sudo("read line; echo 'sudo: a password is required' >&2; exit 1");

        try (SshSessions sessions = sessions()) {
            Host host = host(sessions);
            assertThatThrownBy(() -> host.run(List.of("true"), soon()))
                    .isInstanceOf(CommandException.class)
                    .hasMessage(
                            "SSH to tester@127.0.0.1:" + server.port() + ": sudo gives no shell (sudo: a password is"
                                    + " required); install sudo there and let the account run /bin/sh without a password, in"
                                    + " sudoers: ACCOUNT ALL=(root) NOPASSWD: /bin/sh");
        }
    }

    private void sudo(String script) throws IOException {
        server.sudoIs(TestProgram.of(home.resolve("sudo"), script));
    }

    private SshSessions sessions() throws IOException, JSchException {
        return new SshSessions(SshServerFixture.homeWithKey(home));
    }

    private Host host(SshSessions sessions) {
        SshManner manner = new SshManner(Optional.empty(), true, SshTransport.JSCH);
        return sessions.host(
                SshServerFixture.in(SshServerFixture.settings(server.port(), Duration.ofSeconds(20)), manner));
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(20), System::nanoTime);
    }
}
