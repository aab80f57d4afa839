package io.mha4j.report;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Where one application keeps its state: names and places as in MHA 0.58, its own files beside them.
 *
 * @param workdir {@code manager_workdir}
 * @param app     the application's name, which starts every file name
 */
public record StateFiles(Path workdir, String app) {
    public StateFiles {
        if (app.isBlank() || app.indexOf('/') >= 0) {
            throw new IllegalArgumentException("'" + app + "' cannot start a file name");
        }
    }

    /** What {@code masterha_check_status} shows. */
    public Path status() {
        return named("master_status.health");
    }

    /** Exists after a failover that reached its end; its age is the age of that failover. */
    public Path failoverComplete() {
        return named("failover.complete");
    }

    /** Exists after a failover that broke off; forbids the next. */
    public Path failoverError() {
        return named("failover.error");
    }

    /** Exists while a manager must not act. */
    public Path paused() {
        return named("paused");
    }

    /** Which refusal of a failover people were told of last; its age is that of the telling. */
    public Path refused() {
        return named("failover.refused");
    }

    /** Exists while a process looks out for an old source after its failover. */
    public Path guard() {
        return named("guard");
    }

    /** What a watching manager knows to be wrong; there while anything is. */
    public Path troubles() {
        return named("troubles");
    }

    /** Which old masters have transactions of their own; there while any has. */
    public Path diverged() {
        return named("diverged");
    }

    /** What a watching manager's command line asks of failovers; there while it watches. */
    public Path wishes() {
        return named("wishes");
    }

    /** The journal of a failover or switch that is not finished. */
    public Path journal() {
        return named("journal");
    }

    /** Where the journal of a finished run is kept. */
    public Path archivedJournal(String run) {
        return named("journal." + run);
    }

    /** The record of a failover that had begun to change things, for programs. */
    public Path incident(String run) {
        return named("incident-" + run + ".json");
    }

    /** Locked while a manager acts for this application; never read, because closing it would drop the lock. */
    public Path lock() {
        return named("manager.lock");
    }

    /** Who holds {@link #lock()}. */
    public Path holder() {
        return named("manager.pid");
    }

    /**
     * Creates the directory, and what is missing above it, as the process's umask says, since others may want to read the
     * status; one that is there keeps its mode. Files that are not for them are made so themselves.
     *
     * @throws ReportException if it cannot be created or is no directory
     */
    public void createWorkdir() {
        try {
            Files.createDirectories(workdir);
        } catch (IOException e) {
            throw new ReportException(
                    "manager_workdir=" + workdir + ": cannot be created: " + Failure.text(e)
                            + "; name a directory that this user may write to",
                    e);
        }
    }

    /** Makes names added to or removed from the directory survive a power cut; works in an interrupted thread too. */
    public void flushNames() throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (!flushed()) {
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean flushed() throws IOException {
        try (FileChannel directory = FileChannel.open(workdir, StandardOpenOption.READ)) {
            directory.force(true);
            return true;
        } catch (ClosedByInterruptException e) {
            return false;
        }
    }

    /** What to throw when {@code file}, one of these, refused to be written. */
    public static ReportException notWritten(Path file, IOException e) {
        return new ReportException(
                file + ": cannot be written: " + Failure.text(e) + "; check manager_workdir and its free space", e);
    }

    /** What to throw when {@code file}, one of these, refused to be read. */
    public static ReportException notRead(Path file, IOException e) {
        return new ReportException(file + ": cannot be read: " + Failure.text(e), e);
    }

    private Path named(String what) {
        return workdir.resolve(app + "." + what);
    }
}
