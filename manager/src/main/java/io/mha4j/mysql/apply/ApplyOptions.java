package io.mha4j.mysql.apply;

/**
 * How events are applied.
 *
 * @param log whether the server writes them to its own binary log, if it has one
 */
public record ApplyOptions(boolean log) {
    /** Logged, so that the server's own replicas and later followers get them. */
    public static final ApplyOptions LOGGED = new ApplyOptions(true);
}
