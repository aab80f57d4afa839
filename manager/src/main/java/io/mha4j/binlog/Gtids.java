package io.mha4j.binlog;

import java.util.function.BinaryOperator;

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
        return ofOneKind(all, log, GtidSet::fromOriginsOf, MariadbGtids::fromDomainsOf);
    }

    /**
     * Everything that is in {@code all} and not in {@code some}.
     *
     * @throws IllegalArgumentException if they are of different kinds
     */
    static Gtids minus(Gtids all, Gtids some) {
        return ofOneKind(all, some, GtidSet::minus, MariadbGtids::minus);
    }

    /**
     * The part of it that was written by servers of which nothing is in {@code other} (MariaDB: nothing in that domain).
     *
     * @throws IllegalArgumentException if they are of different kinds
     */
    static Gtids ofOtherServers(Gtids all, Gtids other) {
        return ofOneKind(all, other, GtidSet::withoutServersOf, MariadbGtids::withoutServersOf);
    }

    /**
     * Everything that is in one of them.
     *
     * @throws IllegalArgumentException if they are of different kinds
     */
    static Gtids union(Gtids a, Gtids b) {
        return ofOneKind(a, b, GtidSet::union, MariadbGtids::union);
    }

    private static Gtids ofOneKind(
            Gtids a, Gtids b, BinaryOperator<GtidSet> ofMysql, BinaryOperator<MariadbGtids> ofMariadb) {
        if (a instanceof GtidSet x && b instanceof GtidSet y) {
            return ofMysql.apply(x, y);
        }
        if (a instanceof MariadbGtids x && b instanceof MariadbGtids y) {
            return ofMariadb.apply(x, y);
        }
        throw new IllegalArgumentException("GTIDs of different kinds: " + a + " and " + b);
    }

    /**
     * How many transactions {@code lacking} stands for, none of which is in {@code known}. Of MariaDB as many as were numbered since.
     *
     * @throws IllegalArgumentException if they are of different kinds
     */
    static long count(Gtids lacking, Gtids known) {
        return lacking instanceof MariadbGtids last && known instanceof MariadbGtids before
                ? last.countSince(before)
                : ((GtidSet) minus(lacking, known)).size();
    }

    /** The text the server itself would print, for example {@code uuid:1-5} or {@code 0-1-100}. */
    @Override
    String toString();
}
