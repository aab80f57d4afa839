package io.mha4j.binlog;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A MySQL GTID set: intervals of transaction numbers for each origin, which is a server UUID or, since 8.3, a UUID with
 * a tag. Text form and rules: MySQL reference manual, "GTID Format and Storage". Immutable.
 */
public final class GtidSet implements Gtids {
    public static final GtidSet EMPTY = new GtidSet(new TreeMap<>());

    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern TAG = Pattern.compile("[a-z_][a-z0-9_]{0,31}");
    private static final Pattern INTERVAL = Pattern.compile("\\d{1,19}(-\\d{1,19})?");

    /** First and last number, both included. */
    record Interval(long first, long last) {
        /** As every record's; written out for the reason that {@link io.mha4j.base.ServerId} gives. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Interval interval && first == interval.first && last == interval.last;
        }

        @Override
        public int hashCode() {
            return 31 * Long.hashCode(first) + Long.hashCode(last);
        }
    }

    /** Origin ({@code uuid} or {@code uuid:tag}) to its intervals: sorted, disjoint, not touching, never empty. */
    private final SortedMap<String, List<Interval>> origins;

    private GtidSet(SortedMap<String, List<Interval>> origins) {
        this.origins = origins;
    }

    /** Takes intervals that keep the rules of the field. */
    static GtidSet of(SortedMap<String, List<Interval>> origins) {
        return new GtidSet(new TreeMap<>(origins));
    }

    /**
     * Reads the text form; blanks and line breaks are ignored, as in MySQL.
     *
     * @throws IllegalArgumentException naming the part that is no GTID set
     */
    public static GtidSet parse(String text) {
        SortedMap<String, List<Interval>> found = new TreeMap<>();
        for (String part : text.replaceAll("\\s", "").toLowerCase(Locale.ROOT).split(",", -1)) {
            if (!part.isEmpty()) {
                parseUuid(part, found);
            }
        }
        SortedMap<String, List<Interval>> merged = new TreeMap<>();
        found.forEach((origin, intervals) -> merged.put(origin, merge(intervals)));
        return new GtidSet(merged);
    }

    private static void parseUuid(String part, Map<String, List<Interval>> into) {
        String[] pieces = part.split(":", -1);
        if (pieces.length < 2 || !UUID.matcher(pieces[0]).matches()) {
            throw new IllegalArgumentException("not a GTID set: " + part);
        }
        String origin = pieces[0];
        boolean sawNumbers = false;
        for (int i = 1; i < pieces.length; i++) {
            if (INTERVAL.matcher(pieces[i]).matches()) {
                into.computeIfAbsent(origin, o -> new ArrayList<>()).add(interval(pieces[i], part));
                sawNumbers = true;
            } else if (TAG.matcher(pieces[i]).matches()) {
                origin = pieces[0] + ":" + pieces[i];
                sawNumbers = false;
            } else {
                throw new IllegalArgumentException("not a GTID set: " + part);
            }
        }
        if (!sawNumbers) {
            throw new IllegalArgumentException("GTID set without numbers: " + part);
        }
    }

    private static Interval interval(String text, String part) {
        String[] ends = text.split("-", 2);
        long first = number(ends[0], part);
        long last = ends.length == 1 ? first : number(ends[1], part);
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("interval " + text + " in GTID set " + part + " is empty");
        }
        return new Interval(first, last);
    }

    /** MySQL's numbers end at 2^63 - 2, so that an end plus one is a number still. */
    private static long number(String digits, String part) {
        try {
            long number = Long.parseLong(digits);
            if (number < Long.MAX_VALUE) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below, as for the one number that fits a long but no GTID
        }
        throw new IllegalArgumentException("number " + digits + " in GTID set " + part + " is too large");
    }

    static List<Interval> merge(List<Interval> intervals) {
        List<Interval> sorted = new ArrayList<>(intervals);
        sorted.sort((a, b) -> Long.compare(a.first(), b.first()));
        List<Interval> merged = new ArrayList<>();
        for (Interval next : sorted) {
            int end = merged.size() - 1;
            if (end >= 0 && next.first() <= merged.get(end).last() + 1) {
                Interval last = merged.get(end);
                merged.set(end, new Interval(last.first(), Math.max(last.last(), next.last())));
            } else {
                merged.add(next);
            }
        }
        return List.copyOf(merged);
    }

    @Override
    public boolean isEmpty() {
        return origins.isEmpty();
    }

    /** How many transactions the set names. */
    public long size() {
        return origins.values().stream()
                .flatMap(List::stream)
                .mapToLong(i -> i.last() - i.first() + 1)
                .sum();
    }

    @Override
    public boolean covers(Gtids other) {
        if (!(other instanceof GtidSet set)) {
            throw new IllegalArgumentException("a MySQL GTID set cannot be compared with MariaDB's " + other);
        }
        return set.minus(this).isEmpty();
    }

    /** Everything that is in this set or in {@code other}. */
    public GtidSet union(GtidSet other) {
        SortedMap<String, List<Interval>> all = new TreeMap<>(origins);
        other.origins.forEach((origin, intervals) -> all.merge(origin, intervals, (a, b) -> {
            List<Interval> both = new ArrayList<>(a);
            both.addAll(b);
            return merge(both);
        }));
        return new GtidSet(all);
    }

    /** Everything that is in this set and not in {@code other}. */
    public GtidSet minus(GtidSet other) {
        SortedMap<String, List<Interval>> rest = new TreeMap<>();
        origins.forEach((origin, intervals) -> {
            List<Interval> left = minus(intervals, other.origins.getOrDefault(origin, List.of()));
            if (!left.isEmpty()) {
                rest.put(origin, left);
            }
        });
        return new GtidSet(rest);
    }

    private static List<Interval> minus(List<Interval> from, List<Interval> taken) {
        List<Interval> rest = new ArrayList<>();
        for (Interval whole : from) {
            long next = whole.first();
            for (Interval gone : taken) {
                if (gone.last() >= next && gone.first() <= whole.last()) {
                    if (gone.first() > next) {
                        rest.add(new Interval(next, gone.first() - 1));
                    }
                    next = gone.last() + 1;
                }
            }
            if (next <= whole.last()) {
                rest.add(new Interval(next, whole.last()));
            }
        }
        return rest;
    }

    /** The part that the server of this UUID wrote first, with or without tags. */
    public GtidSet writtenBy(String uuid) {
        String origin = uuid.toLowerCase(Locale.ROOT);
        SortedMap<String, List<Interval>> part = new TreeMap<>(origins);
        part.keySet().removeIf(o -> !o.equals(origin) && !o.startsWith(origin + ":"));
        return new GtidSet(part);
    }

    /** The part of servers of which nothing is in {@code other}, whatever the tags. */
    GtidSet withoutServersOf(GtidSet other) {
        Set<String> servers =
                other.origins.keySet().stream().map(GtidSet::server).collect(Collectors.toSet());
        SortedMap<String, List<Interval>> part = new TreeMap<>(origins);
        part.keySet().removeIf(o -> servers.contains(server(o)));
        return new GtidSet(part);
    }

    private static String server(String origin) {
        int tag = origin.indexOf(':');
        return tag < 0 ? origin : origin.substring(0, tag);
    }

    GtidSet fromOriginsOf(GtidSet other) {
        SortedMap<String, List<Interval>> part = new TreeMap<>(origins);
        part.keySet().retainAll(other.origins.keySet());
        return new GtidSet(part);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof GtidSet other && origins.equals(other.origins);
    }

    @Override
    public int hashCode() {
        return origins.hashCode();
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        origins.forEach((origin, intervals) -> {
            StringBuilder part = new StringBuilder(origin);
            for (Interval i : intervals) {
                part.append(':').append(i.first());
                if (i.last() > i.first()) {
                    part.append('-').append(i.last());
                }
            }
            parts.add(part.toString());
        });
        return String.join(",", parts);
    }
}
