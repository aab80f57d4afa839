package io.mha4j.archive.node;

import io.mha4j.archive.ArchiveException;
import io.mha4j.archive.place.LogFiles;
import io.mha4j.base.Deadline;
import io.mha4j.remote.CommandRunner;
import io.mha4j.remote.LocalRunner;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Turns a log from a place on into SQL text, as MHA 0.58 does with {@code handle_raw_binlog=0}. The text is
 * mysqlbinlog's, which must be there. Unlike in MHA, a file without events does not hide the next, and mysqlbinlog's own
 * exit status counts.
 */
public final class TextDump {
    private final LogFiles logs;
    private final Deadline deadline;
    private final Consumer<String> say;

    /** @param say takes the lines that MHA prints */
    public TextDump(LogFiles logs, Deadline deadline, Consumer<String> say) {
        this.logs = logs;
        this.deadline = deadline;
        this.say = say;
    }

    /**
     * How the text is made.
     *
     * @param programs   directory of mysqlbinlog; absent: found by PATH
     * @param filtered   whether {@link TextFilter} goes over it
     * @param disableLog whether whoever executes the text does not log it
     */
    public record Style(Optional<String> programs, boolean filtered, boolean disableLog) {}

    /**
     * Writes {@code out} anew, for its owner alone.
     *
     * @return whether any file had something to tell
     * @throws ArchiveException if mysqlbinlog fails or the output cannot be written
     * @throws io.mha4j.archive.place.MissingLogException if a log is missing between others
     */
    public boolean dump(String startFile, long startOffset, Path out, Style style) {
        boolean any = false;
        Path part = out.resolveSibling("." + out.getFileName() + ".part");
        try {
            Files.deleteIfExists(out);
            Files.createFile(out, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            for (String file : logs.unbroken(startFile, deadline)) {
                long start = file.equals(startFile) ? startOffset : 4;
                if (hasMore(file, start)) {
                    Files.deleteIfExists(part);
                    run(logs.path(file), start, part, style);
                    append(file, part, out, style);
                    any = true;
                }
            }
            return any;
        } catch (IOException e) {
            throw new ArchiveException(out + " cannot be written: " + e.getMessage(), e);
        } finally {
            part.toFile().delete();
        }
    }

    private boolean hasMore(String file, long start) {
        long size = logs.size(file, deadline);
        if (start > size) {
            say.accept("Target file " + logs.path(file) + " size=" + size + ", this is smaller than exec pos " + start
                    + ". Skipping.");
        } else if (start == size) {
            say.accept("No additional binlog events found.");
        }
        return start < size;
    }

    private void run(String path, long start, Path part, Style style) {
        List<String> argv = new ArrayList<>();
        argv.add(style.programs().map(p -> p + "/mysqlbinlog").orElse("mysqlbinlog"));
        argv.add("--start-position=" + start);
        if (style.disableLog()) {
            argv.add("--disable-log-bin");
        }
        argv.add("--result-file=" + part);
        argv.add(path);
        CommandRunner.Result result = new LocalRunner().run(argv, deadline);
        if (!result.succeeded()) {
            throw new ArchiveException(String.join(" ", argv) + " failed with exit status " + result.exitStatus() + ": "
                    + result.stderr().strip());
        }
    }

    private void append(String file, Path part, Path out, Style style) throws IOException {
        try (OutputStream to = Files.newOutputStream(out, StandardOpenOption.APPEND);
                InputStream from = Files.newInputStream(part)) {
            to.write(("# Binary/Relay log file " + logs.path(file) + " started\n").getBytes(StandardCharsets.UTF_8));
            if (style.filtered()) {
                TextFilter.copy(from, to);
            } else {
                from.transferTo(to);
            }
        }
    }
}
