package io.mha4j.decision.death;

import java.util.OptionalInt;

/**
 * What a process has left behind. A server that is stopped takes its process file away before it ends, and says in its
 * error log that it stops; one that is killed, or that falls, does neither. The process file is the proof; an error log
 * that can be read is heard too, because a server that was told to stop may be killed on its way.
 *
 * @param processFile  what is in it now
 * @param lastWords    how many lines of the error log, since the process was last seen alive, tell of a stop; empty if
 *     there is no error log that can be read
 */
public record Ending(ProcessFile processFile, OptionalInt lastWords) {
    /** The file that holds the process id. */
    public enum ProcessFile {
        /** It names the process that has ended. */
        LEFT,
        /** It names another process. */
        ANOTHER,
        REMOVED,
        UNREADABLE
    }

    /** Whether the server ended without being told to. */
    public Proof notStopped() {
        if (lastWords.orElse(0) > 0) {
            return new Proof.Refuted("its error log tells of a shutdown");
        }
        return switch (processFile) {
            case LEFT ->
                new Proof.Shown(
                        lastWords.isPresent()
                                ? "it was not stopped: its process file is left and its error log tells of no shutdown"
                                : "it was not stopped: its process file is left");
            case ANOTHER -> new Proof.Refuted("its process file names another process");
            case REMOVED -> new Proof.Refuted("it was stopped: its process file is gone");
            case UNREADABLE -> new Proof.Unknown("its process file cannot be read, so it may have been stopped");
        };
    }
}
