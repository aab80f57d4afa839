package io.mha4j.report;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;

/**
 * Replaces a small file as a whole: whoever reads it sees the old text or the new one. One writer at a time. Works in an
 * interrupted thread: a channel would be closed under it, a stream is not.
 */
public final class AtomicFile {
    private AtomicFile() {}

    /**
     * Readable for everybody who may enter the directory, writable for its owner only. Follows no link that somebody put
     * there, since the default directory is open to all.
     */
    public static void write(Path file, String text, Instant modified) throws IOException {
        replace(file, fresh -> {
            try (FileOutputStream out = new FileOutputStream(fresh.toFile())) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
            Files.setLastModifiedTime(fresh, FileTime.from(modified));
        });
    }

    /** For its owner's eyes only, and on disk before it gets its name. */
    public static void keep(Path file, String text) throws IOException {
        replace(file, fresh -> {
            try (FileOutputStream out = new FileOutputStream(fresh.toFile())) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
                out.getFD().sync();
            }
        });
    }

    /** The text of such a file, also for an interrupted thread. */
    public static String read(Path file) throws IOException {
        try (FileInputStream in = new FileInputStream(file.toFile())) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private interface Filling {
        void fill(Path fresh) throws IOException;
    }

    private static void replace(Path file, Filling filling) throws IOException {
        Path fresh = file.resolveSibling("." + file.getFileName() + ".tmp");
        Files.deleteIfExists(fresh);
        try {
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            filling.fill(fresh);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(fresh);
            throw e;
        }
    }
}
