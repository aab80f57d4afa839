package io.mha4j.lab.stepwise;

import java.util.Locale;

/** Where a switch is struck: behind the line that tells the end of a step, before anything of the next one. */
enum SwitchStep {
    /** Tables are closed and the new source is near; the next step is the first that stops writes. */
    WRITES_GO_ON("Phase 2: Rejecting updates Phase"),
    READ_ONLY(": set read_only=1: ok"),
    LOCKED(": FLUSH TABLES WITH READ LOCK: ok"),
    END_READ(": read where its history ends: "),
    CAUGHT_UP(": execute everything up to there: "),
    PLACE_READ(": read file and position: "),
    NOTHING_SINCE(": nothing was written since: ok"),
    ADDRESS_MOVED(": give it the writers' address and take that from "),
    /** The new source takes writes; the journal does not say so yet. */
    OPENED(": set read_only=0: ok"),
    /** The journal says so. */
    RECORDED("Writes were stopped for "),
    UNLOCKED(": UNLOCK TABLES: "),
    REPLICA_MOVED(": replicate from ");

    private final String line;

    SwitchStep(String line) {
        this.line = line;
    }

    /** A part of the line that the log has then. */
    String line() {
        return line;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
