package io.mha4j.lab.fetch;

import io.mha4j.lab.base.Folders;
import io.mha4j.lab.base.LabException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The folder in which what was fetched stays. Processes that ask for the same at the same time wait for each other; a
 * half-made entry is never seen.
 *
 * @param root the folder; made when missing
 */
public record FetchCache(Path root) {
    public FetchCache {
        root = root.toAbsolutePath();
    }

    /**
     * The one in {@code MHA4J_LAB_CACHE}, else in {@code mha4j-lab} below {@code XDG_CACHE_HOME} or {@code ~/.cache}.
     */
    public static FetchCache of(Map<String, String> environment) {
        Optional<Path> named = variable(environment, "MHA4J_LAB_CACHE");
        return new FetchCache(named.orElseGet(() -> variable(environment, "XDG_CACHE_HOME")
                .orElse(Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("mha4j-lab")));
    }

    private static Optional<Path> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }

    /** The folder {@code name/content}, filled by {@code filler} if it is missing. */
    public Path entry(String name, Consumer<Path> filler) {
        Path home = root.resolve(name);
        return locked(home, () -> {
            Path content = home.resolve("content");
            if (!Files.exists(content)) {
                Path fresh = fresh(home, "content");
                filler.accept(Folders.make(fresh));
                publish(fresh, content);
            }
            return content;
        });
    }

    /** What {@code work} answers while no other process works on {@code home}, which is made. */
    public <T> T locked(Path home, Supplier<T> work) {
        synchronized (FetchCache.class) { // a file lock is held by the whole process, not by one thread
            Path file = Folders.make(home).resolve("lock");
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                return work.get();
            } catch (IOException e) {
                throw new LabException("cannot lock " + file + ": " + e.getMessage(), e);
            }
        }
    }

    /** A name for something half made; what an ended process left there is thrown away. */
    public static Path fresh(Path home, String what) {
        Path fresh = home.resolve(what + ".unfinished");
        Folders.delete(fresh);
        return fresh;
    }

    /** What was half made is an entry from now on. */
    public static void publish(Path fresh, Path entry) {
        try {
            Files.move(fresh, entry, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new LabException("cannot rename " + fresh + ": " + e.getMessage(), e);
        }
    }
}
