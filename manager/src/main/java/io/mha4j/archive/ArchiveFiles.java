package io.mha4j.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The archives in a directory, and their files. */
final class ArchiveFiles {
    private ArchiveFiles() {}

    /** Names of the archives that have a description, newest first. */
    static List<ArchiveName> in(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.flatMap(f -> ArchiveName.of(f).stream())
                    .sorted(Comparator.comparing(ArchiveName::time)
                            .reversed()
                            .thenComparing(ArchiveName::host)
                            .thenComparing(ArchiveName::port))
                    .toList();
        }
    }

    /** Removes an archive, its description first, so that what is left is never taken for one. */
    static void delete(ArchiveName name) throws IOException {
        Files.deleteIfExists(name.description());
        int number = 1;
        while (Files.deleteIfExists(name.piece(number))) {
            number++;
        }
    }
}
