package io.mha4j.decision.online;

import io.mha4j.decision.StepResult.Coordinates;

/**
 * How far an online switch is, as its journal has it: enough to undo or finish it after a crash, and few enough writes to
 * the disk while nobody can write to a server.
 */
public sealed interface OnlineStage {
    /** Any step before the new source may be opened. Ends with {@link Opening}. */
    record Blocking() implements OnlineStage {}

    /** The new source, which may have been open, is closed and was not written to; the rest of the way back comes. */
    record Closed() implements OnlineStage {}

    /** The new source is open; the rest is being done. */
    record Opened() implements OnlineStage {}

    /**
     * From now on the new source may be open.
     *
     * @param switchPoint where the old source's history ends
     * @param start       where the new source's own history ends, and the others go on
     */
    record Opening(Coordinates switchPoint, Coordinates start) implements OnlineStage {}
}
