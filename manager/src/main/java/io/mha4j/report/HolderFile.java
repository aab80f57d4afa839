package io.mha4j.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Says who holds the manager's lock of an application. It is a file of its own, because a process that opens and closes
 * a locked file loses its lock on it (fcntl(2)). A crash leaves it behind; the lock then is free and the mark in it
 * matches no living process.
 */
public final class HolderFile {
    private final StateFiles files;
    private final InstantSource clock;

    public HolderFile(StateFiles files, InstantSource clock) {
        this.files = files;
        this.clock = clock;
    }

    /**
     * Names the process that has just got the lock.
     *
     * @throws ReportException if the directory cannot be written to
     */
    public void write(ProcessIdentity holder) {
        try {
            AtomicFile.write(files.holder(), holder.toString(), clock.instant());
        } catch (IOException e) {
            throw StateFiles.notWritten(files.holder(), e);
        }
    }

    /** Takes the name away; call it while the lock is still held. */
    public void remove() {
        try {
            Files.deleteIfExists(files.holder());
        } catch (IOException e) {
            throw StateFiles.notWritten(files.holder(), e);
        }
    }

    /**
     * Who holds the lock or held it last; empty if there is no such file or it names nobody.
     *
     * @throws ReportException if it is there but cannot be read
     */
    public static Optional<ProcessIdentity> read(StateFiles files) {
        try {
            return ProcessIdentity.parse(new String(Files.readAllBytes(files.holder()), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw StateFiles.notRead(files.holder(), e);
        }
    }
}
