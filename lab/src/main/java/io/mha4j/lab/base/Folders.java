package io.mha4j.lab.base;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Folders of the lab: made, copied, emptied. */
public final class Folders {
    private static final long ROOMY_BYTES = 4L << 30;
    private static final Path MEMORY = Path.of("/dev/shm");

    private Folders() {}

    /** A new folder for one run: in memory when more than 4 GiB are free there, else in the temporary folder. */
    public static Path temporary() {
        try {
            boolean roomy =
                    Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() > ROOMY_BYTES;
            return roomy ? Files.createTempDirectory(MEMORY, "mha4j-lab-") : Files.createTempDirectory("mha4j-lab-");
        } catch (IOException e) {
            throw new LabException("cannot make a work folder: " + e.getMessage(), e);
        }
    }

    /** Makes the folder and its parents unless they exist. */
    public static Path make(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new LabException("cannot make folder " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Copies a folder with everything in it; {@code to} must not exist. Shares blocks where the file system can. */
    public static void copy(Path from, Path to) {
        Programs.within(Duration.ofMinutes(2))
                .run(
                        Path.of("/"),
                        List.of("cp", "-a", "--reflink=auto", "--sparse=auto", from.toString(), to.toString()));
    }

    /** Deletes a file, or a folder and everything in it, as far as it exists. */
    public static void delete(Path path) {
        // Not by walking in Java: servers that are ending remove files under the walker's hands.
        Programs.within(Duration.ofMinutes(2))
                .run(Path.of("/"), List.of("rm", "-rf", path.toAbsolutePath().toString()));
    }

    /** What is in a folder, sorted by name. */
    public static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new LabException("cannot list " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Writes a text file, replacing an older one at once. */
    public static void write(Path file, String text) {
        try {
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(fresh, text);
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new LabException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
