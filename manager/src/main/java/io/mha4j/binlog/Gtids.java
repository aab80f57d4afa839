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

    /**
     * The part of it that servers (MySQL: their UUIDs) or domains (MariaDB) wrote which are in {@code log} too.
     *
     * @throws IllegalArgumentException if {@code log} is of the other kind
     */
    static Gtids sameOrigins(Gtids all, Gtids log) {
        if (all instanceof GtidSet x && log instanceof GtidSet y) {
            return x.fromOriginsOf(y);
        }
        if (all instanceof MariadbGtids x && log instanceof MariadbGtids y) {
            return x.fromDomainsOf(y);
        }
        throw new IllegalArgumentException("GTIDs of different kinds: " + all + " and " + log);
    }

    /**
     * Everything that is in {@code all} and not in {@code some}.
     *
     * @throws IllegalArgumentException if they are of different kinds
     */
    static Gtids minus(Gtids all, Gtids some) {
        if (all instanceof GtidSet x && some instanceof GtidSet y) {
            return x.minus(y);
        }
        if (all instanceof MariadbGtids x && some instanceof MariadbGtids y) {
            return x.minus(y);
        }
        throw new IllegalArgumentException("GTIDs of different kinds: " + all + " and " + some);
    }

    /**
     * The part of it that was written by servers of which nothing is in {@code other} (MariaDB: nothing in that domain).
     *
     * @throws IllegalArgumentException if they are of different kinds
     */
    static Gtids ofOtherServers(Gtids all, Gtids other) {
        if (all instanceof GtidSet x && other instanceof GtidSet y) {
            return x.withoutServersOf(y);
        }
        if (all instanceof MariadbGtids x && other instanceof MariadbGtids y) {
            return x.withoutServersOf(y);
        }
        throw new IllegalArgumentException("GTIDs of different kinds: " + all + " and " + other);
    }

    /**
     * Everything that is in one of them.
     *
     * @throws IllegalArgumentException if they are of different kinds
     */
    static Gtids union(Gtids a, Gtids b) {
        if (a instanceof GtidSet x && b instanceof GtidSet y) {
            return x.union(y);
        }
        if (a instanceof MariadbGtids x && b instanceof MariadbGtids y) {
            return x.union(y);
        }
        throw new IllegalArgumentException("GTIDs of different kinds: " + a + " and " + b);
    }

    /** The text the server itself would print, for example {@code uuid:1-5} or {@code 0-1-100}. */
    @Override
    String toString();
}
