package io.mha4j.lab.host;

/** Which packets of a connection are lost, seen from the host that is cut off. */
public enum Direction {
    TO_HOST,
    FROM_HOST,
    BOTH
}
