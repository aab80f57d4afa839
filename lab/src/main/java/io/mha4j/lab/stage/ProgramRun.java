package io.mha4j.lab.stage;

import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.lab.base.LabException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program under test: started, watched, ended; both its output streams go to one file. Ended by its own pids only. */
public final class ProgramRun implements AutoCloseable {
    private static final Duration END_LIMIT = Duration.ofSeconds(10);

    private final String name;
    private final Path output;
    private final Process process;

    private ProgramRun(String name, Path output, Process process) {
        this.name = name;
        this.output = output;
        this.process = process;
    }

    /**
     * Starts {@code argv} in {@code folder}, with {@code environment} added to this process's own.
     *
     * @param output appended to
     */
    public static ProgramRun start(List<String> argv, Path folder, Map<String, String> environment, Path output) {
        ProcessBuilder builder = new ProcessBuilder(argv)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().putAll(environment);
        try {
            return new ProgramRun(argv.get(argv.size() - 1), output, builder.start());
        } catch (IOException e) {
            throw new LabException("cannot start " + argv + ": " + e.getMessage(), e);
        }
    }

    public boolean running() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** Empty while it runs; 128 + N after signal N. */
    public Optional<Integer> exitCode() {
        return process.isAlive() ? Optional.empty() : Optional.of(process.exitValue());
    }

    /** What it wrote so far. */
    public String output() {
        try {
            return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new LabException("cannot read " + output + ": " + e.getMessage(), e);
        }
    }

    /**
     * Waits for its end.
     *
     * @throws LabException when it still runs at the deadline; it is killed then
     */
    public int await(Deadline deadline) {
        Duration left = deadline.remaining();
        try {
            if (process.waitFor(left.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            throw InterruptedWork.during(name, e);
        }
        kill();
        throw new LabException("%s was still running after %d ms".formatted(name, left.toMillis()));
    }

    /** Asks it to end (SIGTERM) and waits at most 10 s. */
    public void stop(Deadline deadline) {
        process.destroy();
        await(deadline.atMost(END_LIMIT));
    }

    /** SIGKILL to it and to what it has started; returns once it is gone. */
    public void kill() {
        List<ProcessHandle> children;
        try (Stream<ProcessHandle> all = process.descendants()) {
            children = all.toList();
        }
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        try {
            process.waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw InterruptedWork.during("ending " + name, e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
