package io.mha4j.lab.fetch;

import io.mha4j.lab.base.Folders;
import io.mha4j.lab.base.LabException;
import io.mha4j.lab.base.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A jar that holds a server's files.
 *
 * @param coordinates {@code group:artifact:version}
 */
public record MavenJar(String coordinates) {
    private static final String COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy";

    /** Fetches the jar into {@code folder} and answers its path. */
    public Path fetchInto(Path folder) {
        Folders.make(folder);
        Programs.within(Duration.ofMinutes(10))
                .run(
                        folder,
                        List.of(
                                "mvn",
                                "-B",
                                "-q",
                                COPY,
                                "-Dartifact=" + coordinates,
                                "-DoutputDirectory=" + folder.toAbsolutePath(),
                                "-Dmdep.useBaseVersion=true"));
        String[] parts = coordinates.split(":", -1);
        Path jar = folder.resolve(parts[1] + "-" + parts[2] + ".jar");
        if (!Files.isRegularFile(jar)) {
            throw new LabException("Maven reported no error but " + jar + " is missing; look at its settings");
        }
        return jar;
    }

    /**
     * Unpacks the entries whose names start with {@code prefix} into {@code to}, the prefix removed. Modes are not kept:
     * jars carry none.
     */
    public static void unpack(Path jar, String prefix, Path to) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                if (entry.getName().startsWith(prefix) && !entry.isDirectory()) {
                    unpackEntry(zip, entry, to.resolve(entry.getName().substring(prefix.length())));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw new LabException("cannot unpack " + jar + ": " + e.getMessage(), e);
        }
    }

    private static void unpackEntry(ZipFile zip, ZipEntry entry, Path to) throws IOException {
        if (!to.normalize().equals(to)) {
            throw new LabException("entry " + entry.getName() + " leaves the folder it is unpacked into");
        }
        Folders.make(to.resolveSibling("."));
        try (InputStream in = zip.getInputStream(entry)) {
            Files.copy(in, to);
        }
    }
}
