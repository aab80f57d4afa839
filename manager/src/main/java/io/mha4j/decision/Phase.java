package io.mha4j.decision;

/** The phases of a failover, in order; their MHA headings are given by {@code report}. */
public enum Phase {
    /** Nothing irreversible yet. */
    CHECK,
    /** The old source is cut off from its replicas and its clients. */
    CUT_OFF,
    /** The chosen replica gets everything that can be had. */
    LEVEL,
    /** The chosen replica becomes the source. */
    OPEN,
    /** The others follow it. */
    REPOINT
}
