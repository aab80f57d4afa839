package io.mha4j.report;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * MHA 0.58's two flag files. {@code <app>.failover.error} forbids every failover until somebody removes it;
 * {@code <app>.failover.complete} says by its age when the last one reached its end, well or partially. Both are empty,
 * existence and modification time count, so operators' scripts that touch or remove them keep working.
 */
public final class FlagFiles {
    private final StateFiles files;
    private final InstantSource clock;

    public FlagFiles(StateFiles files, InstantSource clock) {
        this.files = files;
        this.clock = clock;
    }

    /** Whether the last failover broke off. */
    public boolean hasError() {
        return modified(files.failoverError()).isPresent();
    }

    /** When the last failover reached its end; empty if there was none, or it was forgotten. */
    public Optional<Instant> lastComplete() {
        return modified(files.failoverComplete());
    }

    /**
     * How long ago the last failover reached its end, if that is less than {@code minimum}; then MHA refuses the next.
     * An end in the future, after the clock was set back, counts as just now.
     */
    public Optional<Duration> tooSoonAfter(Duration minimum) {
        return lastComplete()
                .map(end -> Duration.between(end, clock.instant()))
                .filter(ago -> ago.compareTo(minimum) < 0)
                .map(ago -> ago.isNegative() ? Duration.ZERO : ago);
    }

    /** Forgets earlier failovers: {@code --ignore_last_failover}. */
    public void forget() {
        delete(files.failoverError());
        delete(files.failoverComplete());
    }

    /** Removes what no longer forbids a failover, as MHA does when one begins; see {@link #tooSoonAfter}. */
    public void forgetComplete() {
        delete(files.failoverComplete());
    }

    /** A failover reached its end, now. */
    public void recordComplete() {
        touch(files.failoverComplete());
    }

    /** A failover broke off after it had begun to change things. */
    public void recordError() {
        touch(files.failoverError());
    }

    private void touch(Path file) {
        try {
            create(file);
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
            files.flushNames();
        } catch (IOException e) {
            throw StateFiles.notWritten(file, e);
        }
    }

    private static void create(Path file) throws IOException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            // the flag of an earlier run: its time is set anew, which is all that counts
            if (Files.isSymbolicLink(file)) {
                throw e;
            }
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw StateFiles.notWritten(file, e);
        }
    }

    private static Optional<Instant> modified(Path file) {
        try {
            return Optional.of(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .lastModifiedTime()
                    .toInstant());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw StateFiles.notRead(file, e);
        }
    }
}
