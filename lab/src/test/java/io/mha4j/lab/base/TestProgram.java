package io.mha4j.lab.base;

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
    private static final Programs PROGRAMS = Programs.within(Duration.ofSeconds(60));

    private TestProgram() {}

    /** A shell script for its owner only. */
    public static Path of(Path file, String script) throws IOException {
        Path written =
                Files.writeString(file.resolveSibling(file.getFileName() + ".text"), "#!/bin/sh\n" + script + "\n");
        return copy(written, file, "700");
    }

    /** The same program as {@code original}, with these permissions. */
    public static Path copy(Path original, Path file, String mode) {
        PROGRAMS.run(Path.of("/"), List.of("install", "-m", mode, original.toString(), file.toString()));
        return file;
    }
}
