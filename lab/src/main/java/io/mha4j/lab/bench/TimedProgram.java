package io.mha4j.lab.bench;

import io.mha4j.base.InterruptedWork;
import io.mha4j.lab.base.LabException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end and says how long that took. */
final class TimedProgram {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private TimedProgram() {}

    /**
     * Nanoseconds from start to end.
     *
     * @throws LabException if it fails or does not end in 10 minutes
     */
    static long run(List<String> argv, Redirect output) {
        long start = System.nanoTime();
        try {
            Process process = new ProcessBuilder(argv)
                    .redirectOutput(output)
                    .redirectError(Redirect.INHERIT)
                    .start();
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new LabException(argv + " did not end within " + LIMIT);
            }
            if (process.exitValue() != 0) {
                throw new LabException(argv + " ended with status " + process.exitValue());
            }
        } catch (IOException e) {
            throw new LabException("cannot run " + argv + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw InterruptedWork.during("running " + argv, e);
        }
        return System.nanoTime() - start;
    }
}
