package io.mha4j.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.base.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalRunnerTest {
    private final LocalRunner local = new LocalRunner();

    @Test
    void status_and_both_outputs_come_back_apart() {
        CommandRunner.Result result = sh("echo out; echo err >&2; exit 7", Duration.ofSeconds(20));

        assertThat(result).isEqualTo(new CommandRunner.Result(7, "out\n", "err\n"));
        assertThat(result.succeeded()).isFalse();
    }

    @Test
    void the_program_reads_nothing() {
        assertThat(local.run(List.of("cat"), within(Duration.ofSeconds(20))).stdout())
                .isEmpty();
    }

    @Test
    void a_missing_program_is_named() {
        assertThatThrownBy(() -> local.run(List.of("/no/such/program"), within(Duration.ofSeconds(20))))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("/no/such/program could not be started");
    }

    @Test
    void at_the_deadline_the_program_and_its_children_are_killed(@TempDir Path dir) throws IOException {
        Path pid = Files.createFile(dir.resolve("pid"));
        String line = "echo started; sh -c 'echo $$ > " + pid + "; exec sleep 300' & wait";
        Duration limit = Duration.ofMillis(700);

        LocalRunner.Attempt attempt = local.attempt(List.of("/bin/sh", "-c", line), within(limit));
        // On a busy machine it has not even begun by then.
        while (Files.size(pid) == 0 && limit.toSeconds() < 30) {
            limit = limit.multipliedBy(2);
            attempt = local.attempt(List.of("/bin/sh", "-c", line), within(limit));
        }

        assertThat(attempt.exitStatus()).isEqualTo(OptionalInt.empty());
        assertThat(attempt.stdout()).isEqualTo("started\n");
        long child = Long.parseLong(Files.readString(pid).strip());
        Patience.await()
                .until(() ->
                        ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void a_program_that_runs_too_long_is_an_error_that_says_how_long() {
        Deadline limit = Deadline.in(Duration.ofMillis(300), () -> 0);
        assertThatThrownBy(() -> local.run(List.of("sleep", "300"), limit))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("sleep was still running after 0.3 s");
    }

    @Test
    void a_child_left_in_the_background_does_not_hold_the_result_back() {
        CommandRunner.Result result = sh("sleep 60 & echo $!", Duration.ofMinutes(5));

        ProcessHandle child =
                ProcessHandle.of(Long.parseLong(result.stdout().strip())).orElseThrow();
        assertThat(child.isAlive()).isTrue();
        child.destroyForcibly();
    }

    @Test
    void output_without_end_is_cut_and_says_so() {
        CommandRunner.Result result = sh("head -c 6000000 /dev/zero | tr '\\0' x", Duration.ofSeconds(20));

        assertThat(result.stdout()).startsWith("xxx").endsWith("[1805696 more bytes were not kept]\n");
    }

    @Test
    void nul_is_refused() {
        assertThatThrownBy(() -> local.run(List.of("echo", "a\0b"), within(Duration.ofSeconds(1))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private CommandRunner.Result sh(String line, Duration budget) {
        return local.run(List.of("/bin/sh", "-c", line), within(budget));
    }

    private static Deadline within(Duration budget) {
        return Deadline.in(budget, System::nanoTime);
    }
}
