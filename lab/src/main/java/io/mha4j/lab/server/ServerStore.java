package io.mha4j.lab.server;

import io.mha4j.lab.base.Folders;
import io.mha4j.lab.base.LabException;
import io.mha4j.lab.fetch.DebianPackages;
import io.mha4j.lab.fetch.FetchCache;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The cache of server software and initialised data: each kind is fetched, unpacked and initialised once.
 */
public final class ServerStore {
    private final FetchCache cache;
    private final PrintStream says;
    private final DebianPackages debian;

    /** A store in {@code cache}; says on {@code says} what takes time. */
    public ServerStore(FetchCache cache, PrintStream says) {
        this.cache = cache;
        this.says = says;
        this.debian = new DebianPackages(says);
    }

    /** The store in the cache that {@code environment} names, or in the default one. */
    public static ServerStore of(Map<String, String> environment, PrintStream says) {
        return new ServerStore(FetchCache.of(environment), says);
    }

    /** The kind, ready to start; fetches and initialises it if this is the first time. */
    public Installation installation(ServerKind kind) {
        Path home = cache.root().resolve(kind.label());
        return cache.locked(home, () -> prepared(kind, home));
    }

    private Installation prepared(ServerKind kind, Path home) {
        Recipe recipe = Recipe.of(kind, debian);
        debian.require(recipe.debianPackages());
        Path software = home.resolve("software");
        if (!Files.exists(software)) {
            says.println("lab: fetching " + kind + " from " + recipe.origin());
            Path fresh = FetchCache.fresh(home, "software");
            recipe.unpack(Folders.make(fresh));
            FetchCache.publish(fresh, software);
        }
        Template template = new Template(kind, recipe.software(software));
        Path data = home.resolve(template.folderName());
        if (!Files.exists(data)) {
            says.println("lab: initialising " + kind);
            Path fresh = FetchCache.fresh(home, "template");
            recipe.initialise(software, Folders.make(fresh).resolve("data"));
            String version = template.finish(fresh);
            FetchCache.publish(fresh.resolve("data"), data);
            Folders.delete(fresh);
            record(home, "%-14s %-40s %s".formatted(kind, version, recipe.origin()));
        }
        return new Installation(kind, recipe.software(software), data);
    }

    private void record(Path home, String line) {
        Folders.write(home.resolve("version"), line + "\n");
        Folders.write(cache.root().resolve("versions"), String.join("\n", versions()) + "\n");
    }

    /** One line for each kind in the cache: label, what the server says of its version, where it came from. */
    public List<String> versions() {
        return Stream.of(ServerKind.values())
                .map(kind -> cache.root().resolve(kind.label()).resolve("version"))
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
