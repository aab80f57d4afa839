package io.mha4j.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Programs that a test makes and runs. Their files are written by a program: what this process has open for writing is open for a
 * moment in each program too that tests beside this one start just then, and Linux runs no file that anybody may write to
 * (execve(2), ETXTBSY).
 */
public final class TestProgram {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private TestProgram() {}

    /** A program of this text, its first line too; another one of that name is replaced. */
    public static Path of(Path file, String text) throws IOException {
        Path written = Files.writeString(file.resolveSibling(file.getFileName() + ".text"), text);
        copy(written, file);
        Files.delete(written);
        return file;
    }

    /** The same program as {@code original} by another name. */
    public static Path copy(Path original, Path file) {
        List<String> argv = List.of("install", "-m", "700", original.toString(), file.toString());
        CommandRunner.Result result = new LocalRunner().run(argv, Deadline.in(LIMIT, System::nanoTime));
        assertThat(result.exitStatus()).as(result.stderr()).isZero();
        return file;
    }
}
