package io.mha4j.binlog;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * MariaDB GTIDs: of each replication domain the last transaction of each server that wrote in it, as in
 * {@code gtid_binlog_state}; or its last one alone, as in {@code gtid_slave_pos}, which stands for everything up to there.
 * MariaDB keeps no sets (knowledge base, "Global Transaction ID").
 *
 * @param each in order of domain and server; of several with both alike the highest sequence counts
 */
public record MariadbGtids(List<Gtid> each) implements Gtids {
    public static final MariadbGtids EMPTY = new MariadbGtids(List.of());

    public MariadbGtids {
        SortedMap<Gtid, Gtid> highest = new TreeMap<>(MariadbGtids::byServer);
        each.forEach(gtid -> highest.merge(gtid, gtid, MariadbGtids::further));
        each = List.copyOf(highest.values());
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
        return other instanceof MariadbGtids gtids && each.equals(gtids.each);
    }

    @Override
    public int hashCode() {
        return each.hashCode();
    }

    /**
     * Reads {@code 0-1-100,1-2-7}.
     *
     * @throws IllegalArgumentException naming the part that is no GTID
     */
    public static MariadbGtids parse(String text) {
        return new MariadbGtids(Stream.of(text.replaceAll("\\s", "").split(",", -1))
                .filter(part -> !part.isEmpty())
                .map(MariadbGtids::gtid)
                .toList());
    }

    private static Gtid gtid(String part) {
        if (!part.matches("\\d{1,10}-\\d{1,10}-\\d{1,18}")) {
            throw new IllegalArgumentException("not a MariaDB GTID: " + part);
        }
        String[] numbers = part.split("-", 3);
        return new Gtid(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), Long.parseLong(numbers[2]));
    }

    private static int byServer(Gtid a, Gtid b) {
        int domains = Long.compare(a.domain(), b.domain());
        return domains != 0 ? domains : Long.compare(a.server(), b.server());
    }

    private static Gtid further(Gtid a, Gtid b) {
        return a.sequence() >= b.sequence() ? a : b;
    }

    @Override
    public boolean isEmpty() {
        return each.isEmpty();
    }

    /** Of each domain the transaction with the highest sequence. */
    public SortedMap<Long, Gtid> last() {
        SortedMap<Long, Gtid> last = new TreeMap<>();
        each.forEach(gtid -> last.merge(gtid.domain(), gtid, MariadbGtids::further));
        return Collections.unmodifiableSortedMap(last);
    }

    /** The same as a position, which the server takes as {@code gtid_slave_pos}: of each domain its last transaction alone. */
    public MariadbGtids position() {
        return new MariadbGtids(List.copyOf(last().values()));
    }

    /**
     * Whether the last of theirs in each domain is here too. A number alone does not tell: a replica that writes something
     * itself gives it the number that its source gives another transaction.
     */
    @Override
    public boolean covers(Gtids other) {
        if (!(other instanceof MariadbGtids position)) {
            throw new IllegalArgumentException("a MariaDB GTID position cannot be compared with MySQL's " + other);
        }
        return position.last().values().stream().allMatch(this::has);
    }

    /**
     * By what its server wrote; where nothing of it is known, by a position behind it. Of several ends of one domain one may be
     * what a replica wrote itself, so that two must be behind it.
     */
    private boolean has(Gtid gtid) {
        List<Gtid> domain =
                each.stream().filter(g -> g.domain() == gtid.domain()).toList();
        Optional<Gtid> sameServer =
                domain.stream().filter(g -> g.server() == gtid.server()).findFirst();
        long behind =
                domain.stream().filter(g -> g.sequence() > gtid.sequence()).count();
        return sameServer
                .map(known -> known.sequence() >= gtid.sequence())
                .orElse(behind >= Math.max(1, Math.min(2, domain.size())));
    }

    /** Of each domain and server the further of the two. */
    public MariadbGtids union(MariadbGtids other) {
        return new MariadbGtids(
                Stream.concat(each.stream(), other.each.stream()).toList());
    }

    /** What a server wrote last in those domains where nobody wrote further; what others wrote since makes it history. */
    public MariadbGtids endsWrittenBy(long server) {
        return new MariadbGtids(
                each.stream().filter(g -> g.server() == server && !isPassed(g)).toList());
    }

    /** What is left of it without those behind which {@code position}, which stands for everything up to there, has one of their domain. */
    public MariadbGtids withoutPassedBy(MariadbGtids position) {
        return new MariadbGtids(each.stream().filter(g -> !position.isPassed(g)).toList());
    }

    private boolean isPassed(Gtid gtid) {
        return each.stream().anyMatch(g -> g.domain() == gtid.domain() && g.sequence() > gtid.sequence());
    }

    /** What is left of it without those that are known, as their servers', in {@code other}. */
    public MariadbGtids minus(MariadbGtids other) {
        return new MariadbGtids(each.stream()
                .filter(g -> other.each.stream()
                        .noneMatch(o ->
                                o.domain() == g.domain() && o.server() == g.server() && o.sequence() >= g.sequence()))
                .toList());
    }

    /** What a server wrote last in each domain, whoever wrote further. */
    public MariadbGtids writtenBy(long server) {
        return new MariadbGtids(each.stream().filter(g -> g.server() == server).toList());
    }

    /** The part of servers of which nothing is in {@code other} in the same domain. */
    MariadbGtids withoutServersOf(MariadbGtids other) {
        return new MariadbGtids(each.stream()
                .filter(g -> other.each.stream().noneMatch(o -> o.domain() == g.domain() && o.server() == g.server()))
                .toList());
    }

    long countSince(MariadbGtids other) {
        SortedMap<Long, Gtid> known = other.last();
        return last().values().stream()
                .mapToLong(furthest -> {
                    long before = Optional.ofNullable(known.get(furthest.domain()))
                            .map(Gtid::sequence)
                            .orElse(0L);
                    long writers = each.stream()
                            .filter(g -> g.domain() == furthest.domain())
                            .count();
                    return Math.max(writers, furthest.sequence() - before);
                })
                .sum();
    }

    MariadbGtids fromDomainsOf(MariadbGtids other) {
        SortedMap<Long, Gtid> known = other.last();
        return new MariadbGtids(
                each.stream().filter(g -> known.containsKey(g.domain())).toList());
    }

    @Override
    public String toString() {
        return each.stream().map(Gtid::toString).collect(Collectors.joining(","));
    }
}
