package io.mha4j.hooks;

import java.util.List;

/**
 * What became of a call.
 *
 * @param outcome  what the caller does next
 * @param sentence why, in words that follow the hook's name: {@code exited with status 3}
 * @param output   what the script wrote, both streams in the order of writing, secrets masked
 */
public record HookResult(Outcome outcome, String sentence, List<String> output) {
    public HookResult {
        output = List.copyOf(output);
    }

    /** MHA's three meanings of an exit status. */
    public enum Outcome {
        /** Status 0. */
        OK,
        /** Status 10 where the contract knows it: not done, but go on. */
        GO_ON,
        /** Any other status, death by a signal, not started, not ended in time. */
        FAILED
    }
}
