package io.mha4j.lab.bench;

import io.mha4j.lab.base.LabException;
import io.mha4j.lab.base.Programs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** How long one command takes, from its start to its end. */
final class CommandTime {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private CommandTime() {}

    /**
     * Runs it once.
     *
     * @throws LabException if it ends with another exit status than {@code status}
     */
    static double seconds(Path work, List<String> argv, int status) {
        long start = System.nanoTime();
        Programs.Result result = Programs.within(LIMIT).tryRun(work, argv);
        double took = (System.nanoTime() - start) / 1e9;
        if (result.exitStatus() != status) {
            throw new LabException(
                    "%s ended with %d instead of %d: %s".formatted(argv, result.exitStatus(), status, result.output()));
        }
        return took;
    }
}
