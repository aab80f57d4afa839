package io.mha4j.lab.server;

import io.mha4j.lab.base.Folders;
import io.mha4j.lab.base.LabException;
import io.mha4j.lab.fetch.DebianPackages;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The cache of server software and initialised data: each kind is fetched, unpacked and initialised once. Processes
 * that ask at the same time wait for each other; a half-made entry is never seen.
 */
public final class ServerStore {
    private final Path root;
    private final PrintStream says;
    private final DebianPackages debian;

    /** A store in the folder {@code root}, which is made when missing; says on {@code says} what takes time. */
    public ServerStore(Path root, PrintStream says) {
        this.root = root.toAbsolutePath();
        this.says = says;
        this.debian = new DebianPackages(says);
    }

    /**
     * The store in {@code MHA4J_LAB_CACHE}, else in {@code mha4j-lab} below {@code XDG_CACHE_HOME} or {@code ~/.cache}.
     */
    public static ServerStore of(Map<String, String> environment, PrintStream says) {
        Optional<Path> named = variable(environment, "MHA4J_LAB_CACHE");
        Path root = named.orElseGet(() -> variable(environment, "XDG_CACHE_HOME")
                .orElse(Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("mha4j-lab"));
        return new ServerStore(root, says);
    }

    private static Optional<Path> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }

    /** The kind, ready to start; fetches and initialises it if this is the first time. */
    public Installation installation(ServerKind kind) {
        synchronized (ServerStore.class) { // a file lock is held by the whole process, not by one thread
            Path home = Folders.make(root.resolve(kind.label()));
            try (FileChannel channel = FileChannel.open(
                            home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                return prepared(kind, home);
            } catch (IOException e) {
                throw new LabException("cannot lock " + home.resolve("lock") + ": " + e.getMessage(), e);
            }
        }
    }

    private Installation prepared(ServerKind kind, Path home) throws IOException {
        Recipe recipe = Recipe.of(kind, debian);
        debian.require(recipe.debianPackages());
        Path software = home.resolve("software");
        if (!Files.exists(software)) {
            says.println("lab: fetching " + kind + " from " + recipe.origin());
            Path fresh = fresh(home, "software");
            recipe.unpack(Folders.make(fresh));
            Files.move(fresh, software, StandardCopyOption.ATOMIC_MOVE);
        }
        Template template = new Template(kind, recipe.software(software));
        Path data = home.resolve(template.folderName());
        if (!Files.exists(data)) {
            says.println("lab: initialising " + kind);
            Path fresh = fresh(home, "template");
            recipe.initialise(software, Folders.make(fresh).resolve("data"));
            String version = template.finish(fresh);
            Files.move(fresh.resolve("data"), data, StandardCopyOption.ATOMIC_MOVE);
            Folders.delete(fresh);
            record(home, "%-14s %-40s %s".formatted(kind, version, recipe.origin()));
        }
        return new Installation(kind, recipe.software(software), data);
    }

    /** A name for something half made; what an ended process left there is thrown away. */
    private static Path fresh(Path home, String what) {
        Path fresh = home.resolve(what + ".unfinished");
        Folders.delete(fresh);
        return fresh;
    }

    private void record(Path home, String line) throws IOException {
        Folders.write(home.resolve("version"), line + "\n");
        Folders.write(root.resolve("versions"), String.join("\n", versions()) + "\n");
    }

    /** One line for each kind in the cache: label, what the server says of its version, where it came from. */
    public List<String> versions() {
        return Stream.of(ServerKind.values())
                .map(kind -> root.resolve(kind.label()).resolve("version"))
                .filter(Files::exists)
                .map(ServerStore::line)
                .collect(Collectors.toList());
    }

    private static String line(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new LabException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
