package io.mha4j.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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

    /** The UTF-8 text of {@code file}, or nothing after telling {@code problem} why it cannot be had. */
    static Optional<String> read(String file, Consumer<String> problem) {
        return bytes(file, problem).flatMap(bytes -> utf8(bytes, problem));
    }

    private static Optional<String> utf8(byte[] bytes, Consumer<String> problem) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            problem.accept("cannot be read: not UTF-8 text");
            return Optional.empty();
        }
    }

    /** A configuration file, or nothing after telling {@code problem} why it cannot be had. */
    static Optional<WrittenText> configuration(String file, Consumer<String> problem) {
        return bytes(file, problem).map(WrittenText::of);
    }

    private static Optional<byte[]> bytes(String file, Consumer<String> problem) {
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
            return Optional.of(Files.readAllBytes(path));
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
        return String.valueOf(failed.getMessage());
    }
}
