package io.mha4j.settings;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads a text file that a person wrote. */
final class SmallFile {
    /** More than that is not a configuration file, but a mistake in its name. */
    private static final long LIMIT_BYTES = 4L << 20;

    private SmallFile() {}

    /** The text of {@code file}, or nothing after telling {@code problem} why it cannot be had. */
    static Optional<String> read(String file, Consumer<String> problem) {
        try {
            Path path = Path.of(file);
            if (!Files.isRegularFile(path) && Files.exists(path)) {
                problem.accept("cannot be read: not a regular file");
                return Optional.empty();
            }
            if (Files.size(path) > LIMIT_BYTES) {
                problem.accept("cannot be read: larger than " + LIMIT_BYTES + " bytes");
                return Optional.empty();
            }
            return Optional.of(Files.readString(path));
        } catch (IOException failed) {
            problem.accept("cannot be read: " + why(failed));
            return Optional.empty();
        }
    }

    private static String why(IOException failed) {
        if (failed instanceof NoSuchFileException) {
            return "no such file";
        }
        if (failed instanceof AccessDeniedException) {
            return "permission denied";
        }
        return failed instanceof CharacterCodingException ? "not UTF-8 text" : String.valueOf(failed.getMessage());
    }
}
