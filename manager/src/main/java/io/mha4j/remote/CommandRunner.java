package io.mha4j.remote;

import io.mha4j.base.Deadline;
import java.util.List;

/** Runs one program, here or on another host, and always comes back by the deadline. */
public interface CommandRunner {
    /**
     * Runs {@code argv} and waits for its end.
     *
     * @throws io.mha4j.base.CommandException if it could not be started or was still running at the deadline; a
     *     non-zero exit status is a result, not an exception
     */
    Result run(List<String> argv, Deadline deadline);

    /** What a program left behind; texts are decoded as UTF-8. */
    record Result(int exitStatus, String stdout, String stderr) {
        public boolean succeeded() {
            return exitStatus == 0;
        }
    }
}
