package io.mha4j.execution.online;

import io.mha4j.decision.online.OnlineStage.Opening;

/** Where the stages of a switch are written down, on disk, before the world changes. */
public interface OnlineRecord {
    /** Steps that can be undone begin. */
    void blocking();

    /** The new source is about to be opened. */
    void opening(Opening opening);

    /**
     * The new source is closed and was not written to. The old one may be opened next, and from then on what
     * {@link #opening} was built on proves nothing any more.
     */
    void closedAgain();

    /** The new source is open. */
    void opened();
}
