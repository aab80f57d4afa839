package io.mha4j.monitor.simulation;

import static io.mha4j.monitor.simulation.Course.MILLI;
import static io.mha4j.monitor.simulation.Course.SECOND;

import io.mha4j.monitor.simulation.Course.Keeping;
import io.mha4j.monitor.simulation.Course.Routes;
import io.mha4j.monitor.simulation.Disturbance.Kind;
import io.mha4j.monitor.simulation.Watch.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** What docs/watching.md promises, held against what is true in a world. Knows nothing of how the product decides. */
final class WatchRules {
    /** Questions on their way, and looks that overrun a round. */
    private static final long SLACK = 300 * MILLI;

    /** SSH is tried for 5 s and one more. */
    private static final long SSH_LIMIT = 6 * SECOND;

    /** What a silent question of a route may take beside its limit. */
    private static final long ROUTE_MORE = 2 * SECOND;

    private final Course course;
    private final Outcome outcome;
    private final List<String> broken = new ArrayList<>();

    private WatchRules(Course course, Outcome outcome) {
        this.course = course;
        this.outcome = outcome;
    }

    /** Sentences about rules that were broken; none if all is well. */
    static List<String> broken(Course course, Outcome outcome) {
        WatchRules rules = new WatchRules(course, outcome);
        rules.check();
        return rules.broken;
    }

    private void check() {
        Optional<Disturbance> death = course.death();
        if (outcome.decided().isPresent()) {
            checkDecision(outcome.decided().getAsLong(), death);
        } else {
            death.ifPresent(d -> broken.add("never noticed: " + told(d)));
        }
        rule(() -> "keeps " + outcome.connections() + " connections", outcome.connections() <= 1);
        rule(() -> "a connection is left open at the end", outcome.traffic().openConnections() == 0);
        rule(() -> "a command does not end", outcome.traffic().openCommands() == 0);
    }

    private void checkDecision(long at, Optional<Disturbance> death) {
        if (death.filter(d -> d.from() <= at).isEmpty()) {
            broken.add("FALSE FAILOVER at " + seconds(at) + during(at));
            return;
        }
        Disturbance d = death.orElseThrow();
        long took = at - d.from();
        if (outcome.proved()) {
            rule(() -> "proved, though it is not certain: " + told(d), mayBeCertain(d));
        } else {
            rule(
                    () -> "called dead after " + seconds(took) + ", before four failures: " + told(d),
                    took >= leastToCount(d));
        }
        long limit = limit(d);
        rule(() -> "noticed after " + seconds(took) + ", not within " + seconds(limit) + ": " + told(d), took <= limit);
        rule(() -> "SSH is told wrongly: " + told(d), outcome.ssh() != isWithoutSsh(d));
        boolean unheard = d.is(Kind.KILLED_WITHOUT_ROUTES) && took < d.size();
        rule(() -> "called dead while nobody could tell: " + told(d), !unheard);
    }

    private String during(long at) {
        return course.disturbances().stream()
                .filter(d -> d.from() <= at)
                .reduce((earlier, later) -> later)
                .map(d -> ", after " + told(d))
                .orElse("");
    }

    private void rule(Supplier<String> sentence, boolean kept) {
        if (!kept) {
            broken.add(sentence.get());
        }
    }

    /** Everything that the table "Certain death" wants is true. */
    private boolean mayBeCertain(Disturbance d) {
        return course.manner().certainDeath()
                && course.manner().keeping() == Keeping.NOBODY
                && d.is(Kind.KILLED, Kind.KILLED_WITHOUT_ROUTES);
    }

    private static boolean isWithoutSsh(Disturbance d) {
        return d.is(Kind.HOST_GONE, Kind.CUT_FROM_MOST, Kind.KILLED_WITHOUT_SSH);
    }

    private static boolean isSilent(Disturbance d) {
        return d.is(Kind.HOST_GONE, Kind.CUT_FROM_MOST, Kind.FROZEN_FOR_GOOD);
    }

    /** A refusal fails at once, and then three more follow, one in each interval; silence fails when its interval is over. */
    private long leastToCount(Disturbance d) {
        long interval = course.manner().interval();
        return (isSilent(d) ? 4 : 3) * interval - 50 * MILLI;
    }

    private long limit(Disturbance d) {
        Routes routes = course.manner().routes();
        boolean allTell = routes.unusable() == 0 && routes.blind() == 0;
        if (d.is(Kind.KILLED) && mayBeCertain(d) && allTell) {
            // The check that fails, the end of the process, and twice what is looked at; a round that is over before is
            // short.
            return 600 * MILLI;
        }
        long interval = course.manner().interval();
        long evidence = SLACK
                + (isWithoutSsh(d) ? SSH_LIMIT : 0)
                + (routes.exist() ? routeLimit(routes) : 0)
                + (isAskedStill(d) ? routeLimit(routes) : 0)
                + (isWithoutSsh(d) || routes.exist() ? interval : 0);
        if (d.is(Kind.KILLED_WITHOUT_ROUTES)) {
            // A vote in vain may have begun just before; then it counts again.
            return d.size() + routeLimit(routes) + 4 * interval + evidence;
        }
        return (isSilent(d) ? 5 : 4) * interval + evidence;
    }

    /** Whether other hosts may still be asked about an earlier disturbance; meanwhile nothing is checked. */
    private boolean isAskedStill(Disturbance d) {
        Routes routes = course.manner().routes();
        return routes.exist()
                && course.disturbances().stream()
                        .anyMatch(e -> e.to() <= d.from() && e.to() + routeLimit(routes) > d.from());
    }

    private static long routeLimit(Routes routes) {
        return 2 * routes.limit().toNanos() + ROUTE_MORE;
    }

    private String told(Disturbance d) {
        String manner = " (%s, watched by %s every %s, certain_death=%d, kept by %s, %s)"
                .formatted(
                        d.size() == 0 ? "-" : seconds(d.size()),
                        course.manner().pingType(),
                        seconds(course.manner().interval()),
                        course.manner().certainDeath() ? 1 : 0,
                        course.manner().keeping(),
                        course.manner().routes());
        return d.kind() + " at " + seconds(d.from()) + (d.kind().isDeath() ? "" : " for " + seconds(d.to() - d.from()))
                + manner;
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.3f s", nanos / 1e9);
    }
}
