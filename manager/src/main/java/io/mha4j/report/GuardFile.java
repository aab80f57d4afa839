package io.mha4j.report;

import io.mha4j.base.ServerId;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Says which process looks out for an old source after its failover. It is no lock: whoever is named last does, and one that
 * finds another's name gives way. A crash leaves it behind; what it then names is no living process.
 */
public final class GuardFile {
    private static final String BETWEEN = "\n";

    private final StateFiles files;
    private final ProcessIdentity self;
    private final InstantSource clock;
    /** While it looks out. */
    private Optional<Guard> begun = Optional.empty();
    /** Whether the file has named it. */
    private boolean written;

    public GuardFile(StateFiles files, ProcessIdentity self, InstantSource clock) {
        this.files = files;
        this.self = self;
        this.clock = clock;
    }

    /**
     * Who looks out.
     *
     * @param source the old source, for people
     * @param until  when it ends at the latest
     */
    public record Guard(ProcessIdentity process, String source, Instant until) {
        /** One clause for people. */
        public String clause() {
            return "process " + process.pid() + " is a guard until " + until + ": it makes the old master " + source
                    + " read-only if that comes back and takes writes";
        }
    }

    /**
     * Names this process.
     *
     * @throws ReportException if the directory cannot be written to; {@link #confirm} tries again
     */
    public synchronized void begin(ServerId source, Instant until) {
        Guard guard = new Guard(self, source.toString(), until);
        begun = Optional.of(guard);
        written = false;
        write(guard);
    }

    private void write(Guard guard) {
        try {
            AtomicFile.write(
                    files.guard(),
                    String.join(
                            BETWEEN,
                            guard.process().toString(),
                            guard.source(),
                            guard.until().toString()),
                    clock.instant());
            written = true;
        } catch (IOException e) {
            throw StateFiles.notWritten(files.guard(), e);
        }
    }

    /** Whether this process is still the one that is named; works in an interrupted thread too. */
    public boolean isOwn() {
        return named(files).filter(guard -> guard.process().equals(self)).isPresent();
    }

    /** What {@link #confirm} found. */
    public enum Standing {
        OWN,
        /** It could not be written when this process began to look out, and names it now. */
        LATE,
        /** It named nobody, and names this process again. */
        RESTORED,
        ANOTHERS,
        /** It names nobody, and this process does not look out. */
        ENDED
    }

    /**
     * Who is named; a file that somebody took away while this process looks out is written again.
     *
     * @throws ReportException if it cannot be read or written
     */
    public synchronized Standing confirm() {
        if (begun.isPresent() && !written) {
            files.createWorkdir();
            write(begun.get());
            return Standing.LATE;
        }
        Optional<Guard> named = named(files);
        if (named.isPresent()) {
            return named.get().process().equals(self) ? Standing.OWN : Standing.ANOTHERS;
        }
        if (begun.isEmpty()) {
            return Standing.ENDED;
        }
        files.createWorkdir();
        write(begun.get());
        return Standing.RESTORED;
    }

    /** Takes the name away, if it is still this process's. */
    public synchronized void end() {
        begun = Optional.empty();
        try {
            if (isOwn()) {
                Files.deleteIfExists(files.guard());
            }
        } catch (IOException e) {
            throw StateFiles.notWritten(files.guard(), e);
        }
    }

    /**
     * The process that looks out now; one that has ended does not.
     *
     * @throws ReportException if the file is there but cannot be read
     */
    public static Optional<Guard> read(StateFiles files) {
        return named(files).filter(guard -> guard.process().isAlive());
    }

    private static Optional<Guard> named(StateFiles files) {
        try {
            return parse(AtomicFile.read(files.guard()));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw StateFiles.notRead(files.guard(), e);
        }
    }

    /** What is no such file's text names nobody. */
    private static Optional<Guard> parse(String text) {
        String[] parts = text.strip().split(BETWEEN, -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            Instant until = Instant.parse(parts[2]);
            return ProcessIdentity.parse(parts[0]).map(process -> new Guard(process, parts[1], until));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
