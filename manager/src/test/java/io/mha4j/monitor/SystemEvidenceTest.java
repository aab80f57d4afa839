package io.mha4j.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.hooks.HookRunner;
import io.mha4j.monitor.ssh.Pairs;
import io.mha4j.remote.LocalHost;
import io.mha4j.remote.LocalRunner;
import io.mha4j.remote.TestProgram;
import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import io.mha4j.report.PauseFile;
import io.mha4j.report.StateFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SystemEvidenceTest {
    @TempDir
    private Path folder = Path.of("");

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    /** Its secondary check says hello and vetoes; before that it reads what it is sent through a pipe, if there is one. */
    private SystemEvidence evidence() throws IOException {
        Path script = TestProgram.of(
                folder.resolve("second"),
                "#!/bin/sh\nif test -p %1$s/pipe; then cat %1$s/pipe; fi\necho hello\nexit 3\n".formatted(folder));
        return new SystemEvidence(
                Pairs.asking(script.toString()),
                new PauseFile(new StateFiles(folder, "app1"), () -> Instant.EPOCH),
                new HookRunner(new LocalRunner()),
                new SourceHost(new LocalHost(), () -> true),
                EventLog.toStream(
                        new PrintStream(written, true, StandardCharsets.UTF_8),
                        Level.INFO,
                        () -> Instant.EPOCH,
                        ZoneOffset.UTC),
                System::nanoTime);
    }

    private long told(String text) {
        return written.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains(text))
                .count();
    }

    @Test
    void what_the_secondary_check_says_is_told_once_in_a_silence() throws IOException {
        SystemEvidence evidence = evidence();
        for (int silence : List.of(1, 2)) {
            assertThat(evidence.routes().raised()).isTrue();
            assertThat(evidence.secondOpinion().raised()).isTrue();
            assertThat(told("hello")).isEqualTo(silence);
            assertThat(told("Executing secondary network check script")).isEqualTo(silence);
            evidence.answered();
        }
    }

    @Test
    void an_answer_about_a_silence_that_is_past_does_not_count_as_told_in_the_next() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        SystemEvidence evidence = evidence();
        CompletableFuture<Evidence.Veto> late = CompletableFuture.supplyAsync(evidence::routes);
        // Opened as soon as the script reads.
        try (var sent = Files.newOutputStream(pipe)) {
            evidence.answered();
            sent.write('\n');
        }
        assertThat(late.get(30, TimeUnit.SECONDS).raised()).isTrue();
        Files.delete(pipe);
        assertThat(evidence.routes().raised()).isTrue();
        assertThat(told("hello")).isEqualTo(2);
        assertThat(told("Executing secondary network check script")).isEqualTo(2);
    }
}
