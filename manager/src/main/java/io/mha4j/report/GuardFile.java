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
     * @throws ReportException if the directory cannot be written to
     */
    public void begin(ServerId source, Instant until) {
        try {
            AtomicFile.write(
                    files.guard(),
                    String.join(BETWEEN, self.toString(), source.toString(), until.toString()),
                    clock.instant());
        } catch (IOException e) {
            throw StateFiles.notWritten(files.guard(), e);
        }
    }

    /** Whether this process is still the one that is named; works in an interrupted thread too. */
    public boolean isOwn() {
        return named(files).filter(guard -> guard.process().equals(self)).isPresent();
    }

    /** Takes the name away, if it is still this process's. */
    public void end() {
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
