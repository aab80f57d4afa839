package io.mha4j.lab.base;

import io.mha4j.base.InterruptedWork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs of this machine to their end: package clients, unpackers, server initialisation. */
public final class Programs {
    private static final int QUOTED_LINES = 15;

    private final Map<String, String> environment;
    private final Duration limit;

    private Programs(Map<String, String> environment, Duration limit) {
        this.environment = Map.copyOf(environment);
        this.limit = limit;
    }

    /** Programs that get this process's environment and at most {@code limit} each. */
    public static Programs within(Duration limit) {
        return new Programs(Map.of(), limit);
    }

    /** The same with {@code more} variables set. */
    public Programs with(Map<String, String> more) {
        return new Programs(more, limit);
    }

    /**
     * Runs {@code argv} in {@code directory} and answers what it wrote, standard output and error together.
     *
     * @throws LabException if it cannot be started, exits non-zero or is still running at the limit; quotes the end of
     *     its output
     */
    public String run(Path directory, List<String> argv) {
        Result result = tryRun(directory, argv);
        if (result.exitStatus() != 0) {
            throw new LabException("%s ended with status %d: %s"
                    .formatted(argv.get(0), result.exitStatus(), lastLines(result.output())));
        }
        return result.output();
    }

    /**
     * Runs {@code argv}; a non-zero exit status is a result.
     *
     * @throws LabException if it cannot be started or is still running at the limit
     */
    public Result tryRun(Path directory, List<String> argv) {
        try {
            Path output = Files.createTempFile("mha4j-lab-", ".out");
            try {
                int status = runInto(output, directory, argv);
                return new Result(status, new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new LabException("cannot run %s: %s; is it installed?".formatted(argv.get(0), e.getMessage()), e);
        }
    }

    private int runInto(Path output, Path directory, List<String> argv) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(argv)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new LabException("%s was still running after %d s: %s"
                        .formatted(argv.get(0), limit.toSeconds(), lastLines(Files.readString(output))));
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw InterruptedWork.during(argv.get(0), e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** The last lines of a text, for an error message. */
    public static String lastLines(String text) {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        return String.join("\n  ", lines.subList(Math.max(0, lines.size() - QUOTED_LINES), lines.size()));
    }

    /** Exit status and everything written. */
    public record Result(int exitStatus, String output) {}
}
