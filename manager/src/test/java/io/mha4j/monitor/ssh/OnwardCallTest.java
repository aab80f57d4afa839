package io.mha4j.monitor.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.config.ServerSettings.SshManner;
import io.mha4j.config.ServerSettings.SshTransport;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OnwardCallTest {
    @Test
    void the_options_of_the_host_that_is_called_come_first() {
        OnwardCall call = new OnwardCall(
                Pairs.server(1, SshManner.PLAIN, "-i", "/wrong"),
                Pairs.server(2, SshManner.PLAIN, "-i", "/it's a key"));

        assertThat(call.argv("accept-new"))
                .containsExactly(
                        "ssh",
                        "-i",
                        "/it's a key",
                        "-o",
                        "StrictHostKeyChecking=accept-new",
                        "-o",
                        "PasswordAuthentication=no",
                        "-o",
                        "BatchMode=yes",
                        "-o",
                        "ConnectTimeout=5",
                        "-p",
                        "22",
                        "mha@10.0.0.2",
                        "exit 0");
    }

    @Test
    void a_shell_that_is_roots_by_sudo_calls_as_the_account() {
        SshManner sudo = new SshManner(Optional.empty(), true, SshTransport.JSCH);
        OnwardCall call = new OnwardCall(Pairs.server(1, sudo), Pairs.server(2, SshManner.PLAIN));

        assertThat(call.argv("yes")).startsWith("sudo", "-n", "-H", "-u", "mha", "ssh", "-o");
    }
}
