package io.mha4j.report;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Tells other processes what this manager is doing: MHA 0.58's {@code <app>.master_status.health}, one line
 * {@code PID<TAB>CODE:STRING[<TAB>master:<host>]} without a line break, whose modification time is the last good ping.
 *
 * <p>Replaced as a whole, so a reader never sees half of it; readable for every user. Only the holder of the manager's
 * lock writes. Safe for use by several threads.
 */
public final class StatusFile {
    private final StateFiles files;
    private final ProcessIdentity self;
    private final InstantSource clock;
    private String written = "";

    public StatusFile(StateFiles files, ProcessIdentity self, InstantSource clock) {
        this.files = files;
        this.self = self;
        this.clock = clock;
    }

    /**
     * Says what this process is doing now.
     *
     * @param source host name of the source, once it is known
     * @throws ReportException if the directory cannot be written to
     */
    public synchronized void write(Status status, Optional<String> source) {
        written = self.pid() + "\t" + status
                + source.map(host -> "\tmaster:" + host).orElse("");
        put();
    }

    /** The same where a full disk is no reason to do nothing else; it is told. */
    public void show(Status status, Optional<String> source, EventLog log) {
        try {
            write(status, source);
        } catch (ReportException e) {
            log.error("{}", e.getMessage());
        }
    }

    /**
     * Says that the last ping was fine. Costs a change of the file's time unless there is something new to say; the name of
     * the lock's holder is kept as young.
     *
     * @throws ReportException if the directory cannot be written to
     */
    public synchronized void pingOk(String source) {
        String line = self.pid() + "\t" + Status.PING_OK + "\tmaster:" + source;
        if (!line.equals(written) || !touched()) {
            written = line;
            put();
        }
    }

    /** Takes the file away at a regular end; one of another process stays. */
    public synchronized void remove() {
        try {
            if (isOwn()) {
                Files.deleteIfExists(files.status());
            }
        } catch (IOException e) {
            throw StateFiles.notWritten(files.status(), e);
        }
    }

    private boolean touched() {
        try {
            boolean untouched = AtomicFile.read(files.status()).equals(written);
            if (untouched) {
                FileTime now = FileTime.from(clock.instant());
                Files.setLastModifiedTime(files.status(), now);
                keepHolder(now);
            }
            return untouched;
        } catch (IOException e) {
            return false; // the file will be written anew, and a lasting reason shows then
        }
    }

    /**
     * What cleans directories for temporary files takes those that nobody has changed for days. Not the locked file: Java opens and
     * closes what it sets the time of, which drops the lock (fcntl(2)).
     */
    private void keepHolder(FileTime now) throws IOException {
        if (Files.exists(files.holder())) {
            Files.setLastModifiedTime(files.holder(), now);
        }
    }

    private boolean isOwn() throws IOException {
        try {
            return AtomicFile.read(files.status()).startsWith(self.pid() + "\t");
        } catch (FileNotFoundException e) {
            return false;
        }
    }

    private void put() {
        try {
            AtomicFile.write(files.status(), written, clock.instant());
        } catch (IOException e) {
            throw StateFiles.notWritten(files.status(), e);
        }
    }
}
