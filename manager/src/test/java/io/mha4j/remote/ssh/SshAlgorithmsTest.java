package io.mha4j.remote.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.util.List;
import org.junit.jupiter.api.Test;

class SshAlgorithmsTest {
    @Test
    void what_every_java_has_is_offered_untried_and_nothing_else() throws JSchException {
        Session session = new JSch().getSession("nobody", "127.0.0.1");

        SshAlgorithms.trust(session);

        List<String> before = List.of(JSch.getConfig("CheckKexes").split(","));
        assertThat(List.of(session.getConfig("CheckKexes").split(",")))
                .isSubsetOf(before)
                .hasSize(before.size() - 2)
                .contains("mlkem768x25519-sha256")
                .doesNotContain("curve25519-sha256", "curve25519-sha256@libssh.org");
        assertThat(session.getConfig("kex")).contains("curve25519-sha256");
    }
}
