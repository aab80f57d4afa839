package io.mha4j.report.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Lines that are on the disk when {@link #append} returns. Not through a channel of the JDK: that one closes itself for
 * good when an interrupted thread writes to it, just when "interrupted" is to be recorded.
 */
final class AppendFile implements AutoCloseable {
    private final RandomAccessFile file;
    private boolean broken;

    private AppendFile(RandomAccessFile file) {
        this.file = file;
    }

    /** A new file for its owner alone; fails if there is one. */
    static AppendFile create(Path path) throws IOException {
        Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return new AppendFile(new RandomAccessFile(path.toFile(), "rw"));
    }

    /** Goes on after {@code length} bytes; what follows them is cut off. */
    static AppendFile open(Path path, long length) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            file.setLength(length);
            file.seek(length);
            file.getFD().sync();
            return new AppendFile(file);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** Writes a line, whole or not at all. After a failed flush nothing more can be said about the disk, so it stops. */
    void append(String line) throws IOException {
        if (broken) {
            throw new IOException("an earlier line did not reach the disk");
        }
        long before = file.getFilePointer();
        broken = true;
        try {
            file.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            cutBack(before, e);
            throw e;
        }
        file.getFD().sync();
        broken = false;
    }

    private void cutBack(long before, IOException why) {
        try {
            file.setLength(before);
            file.seek(before);
            broken = false;
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
