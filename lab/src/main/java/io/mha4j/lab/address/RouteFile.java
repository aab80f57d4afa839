package io.mha4j.lab.address;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The route file and, beside it, the file {@code <route>.done} that names the last ticket carried out. */
final class RouteFile {
    private final Path path;

    RouteFile(Path path) {
        this.path = path.toAbsolutePath();
    }

    Path path() {
        return path;
    }

    Path folder() {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalArgumentException(path + " is no file");
        }
        return parent;
    }

    Optional<Route> read() {
        return textOf(path).flatMap(Route::parse);
    }

    void write(Route route) {
        replace(path, route.text());
    }

    void acknowledge(Route route) {
        replace(path.resolveSibling(path.getFileName() + ".done"), route.ticket() + "\n");
    }

    private static Optional<String> textOf(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the route file " + file, e);
        }
    }

    /** By rename, so that a reader sees the old text or the new one, never a part. */
    private static void replace(Path file, String text) {
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        try {
            Files.writeString(draft, text, StandardCharsets.UTF_8);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
