package io.mha4j.lab.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgramsTest {
    private static final Path ROOT = Path.of("/");

    @Test
    void output_of_both_streams_is_answered() {
        Programs programs = Programs.within(Duration.ofSeconds(20)).with(Map.of("WHO", "lab"));

        assertThat(programs.run(ROOT, sh("echo $WHO; pwd >&2"))).isEqualTo("lab\n/\n");
    }

    @Test
    void a_failure_quotes_the_end_of_the_output() {
        assertThatThrownBy(() -> Programs.within(Duration.ofSeconds(20))
                        .run(ROOT, sh("i=0; while [ $i -lt 99 ]; do i=$((i+1)); echo line $i; done; exit 4")))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("status 4")
                .hasMessageContaining("line 99")
                .hasMessageNotContaining("line 1\n");
    }

    @Test
    void a_program_that_does_not_end_is_killed_with_its_children() {
        long before = sleepers();

        String why = whyGivenUpAfter(Duration.ofMillis(300));
        // On a busy machine that is too early.
        for (int seconds = 1; !why.contains("started") && seconds <= 32; seconds *= 2) {
            why = whyGivenUpAfter(Duration.ofSeconds(seconds));
        }
        assertThat(why).contains("still running", "started");

        Patience.await().until(() -> sleepers() <= before);
    }

    private static String whyGivenUpAfter(Duration limit) {
        return catchThrowableOfType(LabException.class, () -> Programs.within(limit)
                        .run(ROOT, sh("sleep 4711 & echo started; sleep 4711")))
                .getMessage();
    }

    @Test
    void a_program_that_is_not_there_is_named() {
        assertThatThrownBy(() -> Programs.within(Duration.ofSeconds(20)).run(ROOT, List.of("no-such-program")))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("no-such-program");
    }

    private static long sleepers() {
        return ProcessHandle.current()
                .descendants()
                .filter(each -> each.info().commandLine().orElse("").endsWith("sleep 4711"))
                .count();
    }

    private static List<String> sh(String script) {
        return List.of("/bin/sh", "-c", script);
    }
}
