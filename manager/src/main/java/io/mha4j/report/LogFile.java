package io.mha4j.report;

import io.mha4j.base.InterruptedWork;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The file of {@code manager_log}. Opened for each line and closed again, as MHA does, so that a log renamed by rotation
 * stays with its old lines and the next line starts a new file. An interrupted thread can still write to it.
 */
final class LogFile implements LogSink {
    private final Path file;
    private final PrintStream fallback;
    private boolean refused;

    /**
     * @param fallback takes the lines that the file does not
     * @throws ReportException if the file cannot be opened for writing
     */
    LogFile(Path file, PrintStream fallback) {
        this.file = file;
        this.fallback = fallback;
        try {
            Path directory = file.toAbsolutePath().getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            write(new byte[0]);
        } catch (IOException e) {
            throw new ReportException(
                    "manager_log=" + file + ": cannot be written: " + Failure.text(e)
                            + "; name a file that this user may write to",
                    e);
        }
    }

    /**
     * Opens it in time or not at all: on a file system that hangs the opening never ends.
     *
     * @throws ReportException if the file cannot be opened for writing, or not within {@code time}
     */
    static LogFile in(Duration time, Path file, PrintStream fallback) {
        FutureTask<LogFile> opening = new FutureTask<>(() -> new LogFile(file, fallback));
        Thread thread = new Thread(opening, "log file");
        thread.setDaemon(true);
        thread.start();
        try {
            return opening.get(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new ReportException(
                    "manager_log=" + file + ": does not open within " + time.toMillis()
                            + " ms; name a file on a file system that answers",
                    e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ReportException why ? why : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw InterruptedWork.during("the opening of the log", e);
        }
    }

    @Override
    public synchronized void append(String text) {
        try {
            write(text.getBytes(StandardCharsets.UTF_8));
            refused = false;
        } catch (IOException e) {
            if (!refused) {
                fallback.println(file + ": cannot be written: " + Failure.text(e) + "; its lines follow here");
            }
            refused = true;
            fallback.print(text);
            fallback.flush();
        }
    }

    private void write(byte[] text) throws IOException {
        try (FileOutputStream out = new FileOutputStream(file.toFile(), true)) {
            out.write(text);
        }
    }
}
