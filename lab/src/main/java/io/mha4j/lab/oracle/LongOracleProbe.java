package io.mha4j.lab.oracle;

/** The same with so many events that all kinds of servers together write more than a million. */
public final class LongOracleProbe extends OracleProbe {
    public LongOracleProbe() {
        super(15_000);
    }
}
