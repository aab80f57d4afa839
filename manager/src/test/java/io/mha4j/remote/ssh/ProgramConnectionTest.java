package io.mha4j.remote.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgramConnectionTest {
    /** csh, tcsh and fish up to 2 know neither {@code &&} behind {@code read} nor all of sh's quotes. */
    @Test
    void the_login_shell_is_asked_for_nothing_but_to_become_sh() {
        assertThat(ProgramConnection.HOLD).startsWith("exec /bin/sh -c '").endsWith("'");
        String inside =
                ProgramConnection.HOLD.substring("exec /bin/sh -c '".length(), ProgramConnection.HOLD.length() - 1);
        assertThat(inside).doesNotContain("'", "!", "\n", "\\\\");
    }

    @Test
    void sh_answers_with_the_marker_and_ends_with_its_input() throws IOException, InterruptedException {
        Process held = new ProcessBuilder(List.of("/bin/sh", "-c", ProgramConnection.HOLD)).start();
        held.getOutputStream().write("mark\nmore\n".getBytes(StandardCharsets.US_ASCII));
        held.getOutputStream().close();

        assertThat(new String(held.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                .isEqualTo("\nmark 0\n");
        assertThat(held.waitFor()).isZero();
    }
}
