package io.mha4j.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A status file as another process sees it. Reading opens files for reading only and sends no signal, so any user who may
 * enter the directory can do it.
 *
 * @param process    who wrote it; certain only if it holds the manager's lock, which MHA's Perl does not know
 * @param written    what it says
 * @param source     host name of the source, once known
 * @param modifiedAt last good ping, or last change of status
 */
public record SeenStatus(ProcessIdentity process, Status written, Optional<String> source, Instant modifiedAt) {
    private static final Pattern LINE = Pattern.compile("(\\d{1,18})\t(\\d{1,3}):([A-Z_]+)(?:\tmaster:([^\t\n]*))?\n?");

    /**
     * Looks at the application's status file.
     *
     * @param doubt hears that there is one which holds no status, as a crash may leave it: nobody is known to run then
     * @return empty if there is none, or such a one
     * @throws ReportException if it cannot be read
     */
    public static Optional<SeenStatus> read(StateFiles files, Consumer<String> doubt) {
        try {
            FileTime modified = Files.getLastModifiedTime(files.status());
            String text = new String(Files.readAllBytes(files.status()), StandardCharsets.UTF_8);
            Optional<SeenStatus> seen = parse(files, text, modified.toInstant());
            if (seen.isEmpty()) {
                doubt.accept(files.status() + ": holds no status; remove it if no manager is running");
            }
            return seen;
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw StateFiles.notRead(files.status(), e);
        }
    }

    /** Empty for a line that breaks off before the end of the status, too. */
    private static Optional<SeenStatus> parse(StateFiles files, String text, Instant modified) {
        Matcher line = LINE.matcher(text);
        return Optional.of(line)
                .filter(Matcher::matches)
                .flatMap(l -> Status.ofCode(Integer.parseInt(l.group(2))))
                .filter(status -> status.name().equals(line.group(3)))
                .map(status -> new SeenStatus(
                        identity(files, Long.parseLong(line.group(1))),
                        status,
                        Optional.ofNullable(line.group(4)),
                        modified));
    }

    /** The writer's pid. */
    public long pid() {
        return process.pid();
    }

    /**
     * What to tell an operator, by MHA's rule: no process of that pid makes it {@code NOT_RUNNING}, or
     * {@code PARTIALLY_RUNNING} if programs that it started are left; a {@code PING_OK} older than {@code pingLimit} is
     * {@code TIMESTAMP_OLD}; else what is written.
     */
    public Status judged(Instant now, Duration pingLimit) {
        if (!process.isAlive()) {
            return process.children().isEmpty() ? Status.NOT_RUNNING : Status.PARTIALLY_RUNNING;
        }
        boolean old = written == Status.PING_OK && modifiedAt.isBefore(now.minus(pingLimit));
        return old ? Status.TIMESTAMP_OLD : written;
    }

    private static ProcessIdentity identity(StateFiles files, long pid) {
        return HolderFile.read(files).filter(p -> p.pid() == pid).orElse(new ProcessIdentity(pid, ""));
    }
}
