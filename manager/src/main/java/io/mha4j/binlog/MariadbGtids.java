package io.mha4j.binlog;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A MariaDB GTID position: the last transaction of each replication domain, as in {@code gtid_slave_pos}. It stands for
 * everything up to there; MariaDB keeps no sets (knowledge base, "Global Transaction ID").
 *
 * @param last domain to its last transaction
 */
public record MariadbGtids(SortedMap<Long, Gtid> last) implements Gtids {
    public static final MariadbGtids EMPTY = new MariadbGtids(new TreeMap<>());

    public MariadbGtids {
        last = Collections.unmodifiableSortedMap(new TreeMap<>(last));
    }

    /**
     * One transaction.
     *
     * @param server   id of the server where it was written first
     * @param sequence number within the domain
     */
    public record Gtid(long domain, long server, long sequence) {
        /** As every record's; written out for the reason that {@link io.mha4j.base.ServerId} gives. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Gtid gtid
                    && domain == gtid.domain
                    && server == gtid.server
                    && sequence == gtid.sequence;
        }

        @Override
        public int hashCode() {
            return 31 * (31 * Long.hashCode(domain) + Long.hashCode(server)) + Long.hashCode(sequence);
        }

        @Override
        public String toString() {
            return domain + "-" + server + "-" + sequence;
        }
    }

    /** As every record's; written out for the reason that {@link io.mha4j.base.ServerId} gives. */
    @Override
    public boolean equals(Object other) {
        return other instanceof MariadbGtids gtids && last.equals(gtids.last);
    }

    @Override
    public int hashCode() {
        return last.hashCode();
    }

    /**
     * Reads {@code 0-1-100,1-2-7}; of several for one domain the highest sequence counts.
     *
     * @throws IllegalArgumentException naming the part that is no GTID
     */
    public static MariadbGtids parse(String text) {
        SortedMap<Long, Gtid> found = new TreeMap<>();
        for (String part : List.of(text.replaceAll("\\s", "").split(",", -1))) {
            if (!part.isEmpty()) {
                Gtid gtid = gtid(part);
                found.merge(gtid.domain(), gtid, (a, b) -> a.sequence() >= b.sequence() ? a : b);
            }
        }
        return new MariadbGtids(found);
    }

    private static Gtid gtid(String part) {
        if (!part.matches("\\d{1,10}-\\d{1,10}-\\d{1,18}")) {
            throw new IllegalArgumentException("not a MariaDB GTID: " + part);
        }
        String[] numbers = part.split("-", 3);
        return new Gtid(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), Long.parseLong(numbers[2]));
    }

    @Override
    public boolean isEmpty() {
        return last.isEmpty();
    }

    /** Per domain: at least the same sequence number. Sequence numbers of one domain grow by one order of writing. */
    @Override
    public boolean covers(Gtids other) {
        if (!(other instanceof MariadbGtids position)) {
            throw new IllegalArgumentException("a MariaDB GTID position cannot be compared with MySQL's " + other);
        }
        return position.last.values().stream().allMatch(theirs -> {
            Gtid ours = last.get(theirs.domain());
            return ours != null && ours.sequence() >= theirs.sequence();
        });
    }

    /** Per domain the further of the two. */
    public MariadbGtids union(MariadbGtids other) {
        SortedMap<Long, Gtid> both = new TreeMap<>(last);
        other.last.forEach((domain, gtid) -> both.merge(domain, gtid, (a, b) -> a.sequence() >= b.sequence() ? a : b));
        return new MariadbGtids(both);
    }

    MariadbGtids fromDomainsOf(MariadbGtids other) {
        SortedMap<Long, Gtid> part = new TreeMap<>(last);
        part.keySet().retainAll(other.last.keySet());
        return new MariadbGtids(part);
    }

    @Override
    public String toString() {
        return last.values().stream().map(Gtid::toString).collect(Collectors.joining(","));
    }
}
