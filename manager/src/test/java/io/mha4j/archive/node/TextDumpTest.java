package io.mha4j.archive.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.archive.place.LogFiles;
import io.mha4j.archive.place.MissingLogException;
import io.mha4j.base.Deadline;
import io.mha4j.remote.LocalHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs as text, by a program that stands for mysqlbinlog. */
final class TextDumpTest {
    @TempDir
    private Path folder;

    @Test
    void a_log_that_is_missing_between_others_is_an_error() throws IOException {
        for (int i = 1; i <= 3; i++) {
            Files.writeString(folder.resolve("bin.00000" + i), "text of " + i + "\n");
        }
        program();
        Path out = folder.resolve("out");
        assertThat(dump(out)).isTrue();
        assertThat(out)
                .content()
                .contains("text of 1\n")
                .contains("text of 2\n")
                .contains("text of 3\n");
        Files.delete(folder.resolve("bin.000002"));
        assertThatThrownBy(() -> dump(out))
                .isInstanceOf(MissingLogException.class)
                .hasMessageContaining("goes on with bin.000003 after bin.000001");
    }

    private boolean dump(Path out) {
        Deadline deadline = Deadline.in(Duration.ofMinutes(1), System::nanoTime);
        LogFiles logs = LogFiles.holding(new LocalHost(), List.of(folder.toString()), "bin.000001", deadline);
        return new TextDump(logs, deadline, line -> {})
                .dump("bin.000001", 4, out, new TextDump.Style(Optional.of(folder.toString()), true, false));
    }

    /** Copies the file that it is called with last to its {@code --result-file}. */
    private void program() throws IOException {
        Path program = Files.writeString(
                folder.resolve("mysqlbinlog"),
                "#!/bin/sh\nfor a in \"$@\"; do case $a in --result-file=*) o=${a#*=};; esac; done\ncp \"$a\" \"$o\"\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }
}
