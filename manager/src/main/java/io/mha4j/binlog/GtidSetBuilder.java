package io.mha4j.binlog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects MySQL GTIDs one by one; numbers that follow each other, as they do in a binary log, cost next to nothing. */
public final class GtidSetBuilder {
    private final Map<MysqlGtid.Origin, Runs> origins = new HashMap<>();
    private MysqlGtid.@Nullable Origin latestOrigin;
    private @Nullable Runs latest;

    /** First numbers of disjoint runs to their last numbers, and the run that grows at present. */
    private static final class Runs {
        private final TreeMap<Long, Long> closed = new TreeMap<>();
        private long first;
        private long last;

        private Runs(long number) {
            first = number;
            last = number;
        }

        private void add(long from, long to) {
            if (from == last + 1) {
                last = to;
            } else if (from < first || to > last) {
                closed.merge(first, last, Math::max);
                first = from;
                last = to;
            }
        }

        private List<GtidSet.Interval> intervals() {
            List<GtidSet.Interval> all = new ArrayList<>();
            closed.forEach((from, to) -> all.add(new GtidSet.Interval(from, to)));
            all.add(new GtidSet.Interval(first, last));
            return GtidSet.merge(all);
        }
    }

    public void add(MysqlGtid gtid) {
        add(gtid.origin(), gtid.number(), gtid.number());
    }

    /** Adds the numbers from {@code first} to {@code last}, both included. */
    void add(MysqlGtid.Origin origin, long first, long last) {
        if (!origin.equals(latestOrigin) || latest == null) {
            latestOrigin = origin;
            latest = origins.get(origin);
        }
        if (latest == null) {
            latest = new Runs(first);
            origins.put(origin, latest);
            latest.last = last;
        } else {
            latest.add(first, last);
        }
    }

    /** The set of all that was added so far. */
    public GtidSet build() {
        SortedMap<String, List<GtidSet.Interval>> set = new TreeMap<>();
        origins.forEach((origin, runs) -> set.put(origin.toString(), runs.intervals()));
        return GtidSet.of(set);
    }
}
