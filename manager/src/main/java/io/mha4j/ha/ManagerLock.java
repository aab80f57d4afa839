package io.mha4j.ha;

import io.mha4j.report.HolderFile;
import io.mha4j.report.ProcessIdentity;
import io.mha4j.report.StateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/**
 * The right of one process on this machine to act for an application: monitoring, failover and switch all take it, and
 * only its holder writes status file, flag files and journal. The kernel gives it back when the process ends, however it
 * ends. It does not reach managers on other machines.
 */
public final class ManagerLock implements AutoCloseable {
    private final FileChannel channel;
    private final FileLock lock;
    private final HolderFile holder;

    private ManagerLock(FileChannel channel, FileLock lock, HolderFile holder) {
        this.channel = channel;
        this.lock = lock;
        this.holder = holder;
    }

    /** What came of asking for the lock. */
    public sealed interface Claim {
        /** It is ours until closed. */
        record Ours(ManagerLock lock) implements Claim {}

        /**
         * Another process has it.
         *
         * @param holder who, if it said so
         */
        record Theirs(StateFiles files, Optional<ProcessIdentity> holder) implements Claim {
            /** One sentence with the way out. */
            public String sentence() {
                String who = holder.map(h -> "process " + h.pid()).orElse("another process");
                return who + " acts for " + files.app() + " already and holds " + files.lock()
                        + "; stop it with masterha_stop first";
            }
        }
    }

    /**
     * Asks for the lock and does not wait for it.
     *
     * @throws io.mha4j.report.ReportException if the file cannot be opened or the holder's name not be written
     */
    public static Claim claim(StateFiles files, InstantSource clock) {
        Optional<ProcessIdentity> known = HolderFile.read(files);
        if (known.equals(Optional.of(ProcessIdentity.current()))) {
            // to open and close the file once more would drop the lock that this process holds: fcntl(2)
            return new Claim.Theirs(files, known);
        }
        try {
            return claim(files, new HolderFile(files, clock), open(files));
        } catch (IOException e) {
            throw StateFiles.notWritten(files.lock(), e);
        }
    }

    private static Claim claim(StateFiles files, HolderFile holder, FileChannel channel) throws IOException {
        try {
            Optional<FileLock> lock = lock(channel);
            // One that lives holds a file of this name that somebody has removed since.
            Optional<ProcessIdentity> living =
                    HolderFile.read(files).filter(ProcessIdentity::isCertain).filter(ProcessIdentity::isAlive);
            if (lock.isPresent() && living.isEmpty()) {
                holder.write(ProcessIdentity.current());
                return new Claim.Ours(new ManagerLock(channel, lock.get(), holder));
            }
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return new Claim.Theirs(files, HolderFile.read(files));
    }

    /** Whether this process may still act. */
    public boolean isHeld() {
        return lock.isValid();
    }

    /** Gives the lock back; the file stays, because removing it would let two processes lock two files of one name. */
    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        try (channel) {
            holder.remove();
        } catch (IOException e) {
            throw new IllegalStateException("a lock that cannot be given back", e);
        }
    }

    private static FileChannel open(StateFiles files) throws IOException {
        return FileChannel.open(
                files.lock(),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    private static Optional<FileLock> lock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }
}
