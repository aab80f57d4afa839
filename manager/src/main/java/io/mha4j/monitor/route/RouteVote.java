package io.mha4j.monitor.route;

import java.util.List;

/**
 * What several hosts say together: the majority of those that could tell. MHA 0.58 lets one host that cannot be reached
 * forbid every failover, which is the usual state of things when a whole rack has gone.
 */
public enum RouteVote {
    /** The source is gone. */
    GONE,
    /** Nobody could tell. */
    UNKNOWN,
    /** At least half of them reach it. */
    REACHED;

    /** Counts. */
    public static RouteVote of(List<RouteAnswer> answers) {
        long reached =
                answers.stream().filter(RouteAnswer.Reached.class::isInstance).count();
        long not = answers.stream()
                .filter(RouteAnswer.NotReached.class::isInstance)
                .count();
        if (reached + not == 0) {
            return UNKNOWN;
        }
        return not > reached ? GONE : REACHED;
    }
}
