package io.mha4j.hooks;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.hooks.HookResult.Outcome;
import io.mha4j.remote.LocalRunner;
import java.time.Duration;
import java.util.List;

/**
 * Calls operators' scripts on this host, as MHA did: the line goes to {@code /bin/sh}, working directory is
 * ours, and so is the environment but for what the call adds, input is empty. Thread-safe.
 */
public final class HookRunner {
    private static final int GO_ON_STATUS = 10;

    private final LocalRunner local;

    public HookRunner(LocalRunner local) {
        this.local = local;
    }

    /**
     * Calls the script and waits for it. Never throws for what the script does: a script that cannot be started, or is
     * killed because the deadline passed, has failed.
     *
     * @throws io.mha4j.base.InterruptedWork if the thread is told to end; the script has been killed
     */
    public HookResult run(HookCall call, Deadline deadline) {
        Duration limit = deadline.remaining();
        try {
            // One pipe for both streams keeps the order in which the lines were written.
            LocalRunner.Attempt attempt =
                    local.attempt(List.of("/bin/sh", "-c", "exec 2>&1\n" + call.line()), call.environment(), deadline);
            List<String> output = call.mask(attempt.stdout()).lines().toList();
            if (attempt.exitStatus().isEmpty()) {
                return new HookResult(
                        Outcome.FAILED,
                        "did not end within %.1f s and was killed, with the programs below it"
                                .formatted(limit.toMillis() / 1000.0),
                        output);
            }
            int status = attempt.exitStatus().getAsInt();
            return new HookResult(outcome(call, status), sentence(call, status), output);
        } catch (CommandException e) {
            return new HookResult(Outcome.FAILED, "was not started: " + String.valueOf(e.getMessage()), List.of());
        }
    }

    private static Outcome outcome(HookCall call, int status) {
        if (status == 0) {
            return Outcome.OK;
        }
        return status == GO_ON_STATUS && call.mayGoOn() ? Outcome.GO_ON : Outcome.FAILED;
    }

    private static String sentence(HookCall call, int status) {
        if (status == 126 || status == 127) {
            return "exited with status " + status + "; check that its file exists and is executable: " + call.prefix();
        }
        if (status > 128 && status <= 128 + 64) {
            return "was killed by signal " + (status - 128);
        }
        return "exited with status " + status;
    }
}
