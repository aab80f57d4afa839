package io.mha4j.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.Deadline;
import io.mha4j.config.ServerSettings.MovedAddress;
import io.mha4j.config.Vip;
import io.mha4j.hooks.HookResult.Outcome;
import io.mha4j.remote.LocalRunner;
import io.mha4j.remote.TestProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Taking it off a host whose program {@code ip} is one of the test; on real interfaces it is done in the lab. */
final class VirtualAddressTest {
    private static final String HELD = "echo '2: eth0    inet 10.0.0.9/24 scope global eth0'";

    @TempDir
    private Path dir = Path.of("");

    /**
     * @param show   what shows the addresses, as shell commands; the test may keep a file {@code $gone}
     * @param delete what deletes one
     */
    private HookResult withdrawn(String show, String delete) throws IOException {
        TestProgram.of(dir.resolve("ip"), """
                #!/bin/sh
                gone=%s/gone
                case "$*" in
                  "-o address show to 10.0.0.9") %s ;;
                  "address del 10.0.0.9/24 dev eth0") %s ;;
                  *) exit 7 ;;
                esac
                """.formatted(dir, show, delete));
        VirtualAddress address = new VirtualAddress(
                new MovedAddress(new Vip("10.0.0.9", 24), Optional.empty()), "10.0.0.1", (argv, deadline) -> {
                    List<String> here = new ArrayList<>(List.of("env", "PATH=" + dir + ":" + System.getenv("PATH")));
                    here.addAll(argv);
                    return new LocalRunner().run(here, deadline);
                });
        return address.withdraw(Deadline.in(Duration.ofSeconds(60), System::nanoTime));
    }

    @Test
    void one_that_is_there_is_taken_off() throws IOException {
        HookResult result = withdrawn("[ -e $gone ] || " + HELD, "touch $gone");
        assertThat(result.outcome()).isEqualTo(Outcome.OK);
        assertThat(result.output()).containsExactly("10.0.0.9/24 was taken off eth0", "10.0.0.9 is not there");
        assertThat(VirtualAddress.wasThere(result)).isTrue();
    }

    @Test
    void one_that_is_not_there_is_left_so() throws IOException {
        assertThat(withdrawn(":", "exit 1").outcome()).isEqualTo(Outcome.OK);
    }

    @Test
    void one_that_stays_is_a_failure() throws IOException {
        HookResult result = withdrawn(HELD, "exit 2");
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.sentence()).contains("10.0.0.9 is still there");
    }

    @Test
    void a_program_that_fails_does_not_say_that_it_is_gone() throws IOException {
        HookResult before = withdrawn("echo 'ip: Input/output error' >&2; exit 126", "exit 2");
        assertThat(before.outcome()).isEqualTo(Outcome.GO_ON);
        assertThat(before.sentence())
                .startsWith("may still be at the old master: ip cannot tell whether 10.0.0.9 is there")
                .contains("Input/output error");

        HookResult after = withdrawn("if [ -e $gone ]; then exit 126; fi; " + HELD, "touch $gone");
        assertThat(after.outcome()).isEqualTo(Outcome.GO_ON);
        assertThat(VirtualAddress.wasThere(after)).isTrue();
    }
}
