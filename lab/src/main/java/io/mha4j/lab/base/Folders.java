package io.mha4j.lab.base;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
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

    /** Deletes a folder and everything in it, as far as it exists. */
    public static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (NoSuchFileException | java.io.UncheckedIOException e) {
            // A program that is ending removed something under our hands; look again.
            delete(folder);
        } catch (IOException e) {
            throw new LabException("cannot delete folder " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Writes a text file, replacing an older one at once. */
    public static void write(Path file, String text) {
        try {
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(fresh, text);
            Files.move(
                    fresh,
                    file,
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING,
                    java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new LabException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
