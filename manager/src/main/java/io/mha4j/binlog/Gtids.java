package io.mha4j.binlog;

/**
 * Which transactions a server has, said in global transaction identifiers: a set in MySQL, the last of each domain in
 * MariaDB. The two never mix.
 */
public sealed interface Gtids permits GtidSet, MariadbGtids {
    boolean isEmpty();

    /**
     * Whether everything in {@code other} is here too.
     *
     * @throws IllegalArgumentException if {@code other} is of the other kind
     */
    boolean covers(Gtids other);

    /** The text the server itself would print, for example {@code uuid:1-5} or {@code 0-1-100}. */
    @Override
    String toString();
}
