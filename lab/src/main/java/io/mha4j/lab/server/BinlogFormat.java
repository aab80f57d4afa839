package io.mha4j.lab.server;

/** How changes are written to the binary log. */
public enum BinlogFormat {
    ROW,
    MIXED,
    STATEMENT
}
