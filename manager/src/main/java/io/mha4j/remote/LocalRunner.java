package io.mha4j.remote;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs on this host. The program reads from {@code /dev/null}, inherits environment and working directory, and
 * is killed with all its descendants when the deadline passes. Thread-safe.
 */
public final class LocalRunner implements CommandRunner {
    /** Bytes kept of each output stream; the text then ends with a line that says how many more there were. */
    public static final int KEPT_BYTES = 4 << 20;

    /** A program that ended but left a child behind holds its pipes open: its output is not waited for longer. */
    private static final Duration GRACE = Duration.ofMillis(250);

    /** What is known of a program when its time is over: no exit status means that it was killed at the deadline. */
    public record Attempt(OptionalInt exitStatus, String stdout, String stderr) {}

    @Override
    public Result run(List<String> argv, Deadline deadline) {
        Duration budget = deadline.remaining();
        Attempt attempt = attempt(argv, deadline);
        int status = attempt.exitStatus()
                .orElseThrow(() -> new CommandException(
                        "%s was still running after %.1f s and was killed; look for what it waits for"
                                .formatted(argv.get(0), budget.toMillis() / 1000.0)));
        return new Result(status, attempt.stdout(), attempt.stderr());
    }

    /**
     * As {@link #run}, but a program that is killed at the deadline is a result too, with what it had written by then.
     *
     * @throws CommandException if it could not be started
     */
    public Attempt attempt(List<String> argv, Deadline deadline) {
        return attempt(argv, Map.of(), deadline);
    }

    /** The same with more variables in its environment, which nobody else can read. */
    public Attempt attempt(List<String> argv, Map<String, String> variables, Deadline deadline) {
        Process process = start(argv, variables);
        KeptOutput out = KeptOutput.of(process.getInputStream(), "stdout of " + argv.get(0), KEPT_BYTES);
        KeptOutput err = KeptOutput.of(process.getErrorStream(), "stderr of " + argv.get(0), KEPT_BYTES);
        try {
            boolean ended = process.waitFor(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
            if (!ended) {
                killTree(process);
            }
            out.awaitEnd(GRACE);
            err.awaitEnd(GRACE);
            OptionalInt status = ended ? OptionalInt.of(process.exitValue()) : OptionalInt.empty();
            return new Attempt(status, out.text(), err.text());
        } catch (InterruptedException e) {
            killTree(process);
            throw InterruptedWork.during(argv.get(0), e);
        }
    }

    private static Process start(List<String> argv, Map<String, String> variables) {
        requirePassable(argv.get(0), argv);
        requirePassable(argv.get(0), variables.values());
        ProcessBuilder program = new ProcessBuilder(argv).redirectInput(new File("/dev/null"));
        program.environment().putAll(variables);
        try {
            return program.start();
        } catch (IOException e) {
            throw new CommandException(
                    argv.get(0) + " could not be started (" + e.getMessage() + "); check its path and permissions", e);
        }
    }

    /** In a locale without UTF-8 the JVM would silently hand a question mark to the program for each other character. */
    private static void requirePassable(String program, Collection<String> words) {
        Charset charset = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        for (String word : words) {
            if (word.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("a program argument cannot hold NUL");
            }
            if (!charset.newEncoder().canEncode(word)) {
                throw new CommandException("an argument of " + program + " holds characters that the locale's "
                        + charset + " lacks; set LC_ALL to a UTF-8 locale that locale -a lists");
            }
        }
    }

    /** The second pass catches children that were born while the first one was at work. */
    private static void killTree(Process process) {
        List<ProcessHandle> family = process.descendants().toList();
        process.destroyForcibly();
        family.forEach(LocalRunner::killWithChildren);
    }

    private static void killWithChildren(ProcessHandle handle) {
        List<ProcessHandle> late = handle.descendants().toList();
        handle.destroyForcibly();
        late.forEach(ProcessHandle::destroyForcibly);
    }
}
