package io.mha4j.lab.cases;

/**
 * What one look at a condition found.
 *
 * @param holds   whether it is true now
 * @param forGood whether no later look can find anything else, so that waiting on is useless
 * @param what    what was seen, for the report
 */
record Seen(boolean holds, boolean forGood, String what) {
    static Seen of(boolean holds, String what) {
        return new Seen(holds, false, what);
    }

    static Seen forGood(boolean holds, String what) {
        return new Seen(holds, true, what);
    }
}
