package io.mha4j.lab.fetch;

import io.mha4j.lab.base.Folders;
import io.mha4j.lab.base.LabException;
import io.mha4j.lab.base.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A package of the npm registry.
 *
 * @param name    as in the registry
 * @param version exact version
 */
public record NpmPackage(String name, String version) {
    /** Fetches the package into {@code folder} and answers the path of its {@code .tgz}. */
    public Path fetchInto(Path folder) {
        Folders.make(folder);
        Programs.within(Duration.ofMinutes(10)).run(folder, List.of("npm", "pack", "--silent", name + "@" + version));
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".tgz"))
                    .findFirst()
                    .orElseThrow(() -> new LabException("npm pack " + name + " left no .tgz in " + folder));
        } catch (IOException e) {
            throw new LabException("cannot list " + folder + ": " + e.getMessage(), e);
        }
    }
}
