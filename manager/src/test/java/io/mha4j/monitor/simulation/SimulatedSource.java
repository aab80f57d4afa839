package io.mha4j.monitor.simulation;

import static io.mha4j.monitor.simulation.Course.MILLI;
import static io.mha4j.monitor.simulation.Course.SECOND;

import io.mha4j.monitor.simulation.Course.Manner;
import io.mha4j.monitor.simulation.Disturbance.Kind;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is true about the source and the ways to it, at any time: nothing but the course of its disturbances. */
final class SimulatedSource {
    /** To the server and back. */
    static final long WAY = MILLI;

    /** Until a lost first packet of a connection, and a lost packet of one that stands, is sent again; doubled each time. */
    private static final long FIRST_AGAIN = SECOND;

    private static final long AGAIN = 200 * MILLI;

    private static final long SHUTDOWN = 300 * MILLI;

    private final Manner manner;
    private final TreeMap<Long, Place> course = new TreeMap<>();
    private final TreeSet<Long> ends = new TreeSet<>();

    SimulatedSource(Course drawn) {
        this.manner = drawn.manner();
        Place place = new Place(new Disturbance(Kind.CLOCK_SET, 0, 0, 0, 0), 0, 0, 0);
        course.put(0L, place);
        for (Disturbance d : drawn.disturbances()) {
            place = place.next(d);
            course.put(d.from(), place);
            if (endsConnections(d)) {
                ends.add(d.from());
            }
        }
    }

    /**
     * A disturbance, and what the earlier ones have left behind.
     *
     * @param started how often the server was started again
     * @param still   how long replicas have received nothing
     * @param clock   by how much the manager's clock was set
     */
    private record Place(Disturbance last, long started, long still, long clock) {
        Place next(Disturbance d) {
            return new Place(d, startedAt(d.from()), stillAt(d.from()), clockAt(d.from()));
        }

        long startedAt(long time) {
            boolean again = last.is(Kind.RESTARTED, Kind.STOPPED_AND_STARTED) && last.to() <= time;
            return started + (again ? 1 : 0);
        }

        long stillAt(long time) {
            return still + Math.min(time, stillUntil(last)) - last.from();
        }

        long clockAt(long time) {
            return clock + (last.is(Kind.CLOCK_SET) && last.from() <= time ? last.size() : 0);
        }
    }

    /** What a question comes to: never, if its time is {@link Disturbance#NEVER}. */
    record Reply(Sort sort, long time) {
        enum Sort {
            ANSWER,
            /** The server does not let us in. */
            NO_ENTRY,
            /** The connection is refused, or ends. */
            BROKEN
        }
    }

    /** What the manager asks. */
    record Question(boolean overNewConnection, boolean writes, int ways) {}

    /** What goes on. */
    Optional<Disturbance> at(long time) {
        return Optional.of(place(time).last()).filter(d -> time < d.to());
    }

    private Place place(long time) {
        return Optional.ofNullable(course.floorEntry(time)).orElseThrow().getValue();
    }

    /** By how much the manager's clock is wrong. */
    long clockIsOff(long time) {
        return place(time).clockAt(time);
    }

    private boolean is(long time, Kind... kinds) {
        return at(time).filter(d -> d.is(kinds)).isPresent();
    }

    private static boolean endsConnections(Disturbance d) {
        return processEnds(d) || d.is(Kind.CONNECTION_ENDED) || (d.is(Kind.FULL) && d.size() == 1);
    }

    private static boolean processEnds(Disturbance d) {
        return d.is(
                Kind.RESTARTED,
                Kind.STOPPED_AND_STARTED,
                Kind.KILLED,
                Kind.KILLED_WITHOUT_SSH,
                Kind.KILLED_AND_LEFT,
                Kind.KILLED_WITHOUT_ROUTES,
                Kind.STOPPED);
    }

    /** When a connection that stood at that time is told that it has ended; {@link Disturbance#NEVER} if it is not. */
    long endOfConnection(long since) {
        return Optional.ofNullable(ends.higher(since)).map(end -> end + WAY).orElse(Disturbance.NEVER);
    }

    Reply ask(long time, Question question) {
        Reply reply = at(time).map(d -> disturbed(time, question, d))
                .orElse(new Reply(Reply.Sort.ANSWER, time + question.ways() * WAY));
        long end = endOfConnection(time);
        return end < reply.time() ? new Reply(Reply.Sort.BROKEN, end) : reply;
    }

    private Reply disturbed(long time, Question question, Disturbance d) {
        long ways = question.ways() * WAY;
        return switch (d.kind()) {
            case FROZEN, FROZEN_FOR_GOOD -> answer(later(d.to(), ways));
            case FROZEN_WHILE_PAUSED -> answer(Math.max(time, d.from() + d.size()) + ways);
            case READ_LOCK -> answer(question.writes() ? d.to() + ways : time + ways);
            case SLOW_DISK -> answer(time + ways + (question.writes() ? d.size() : 0));
            case SLOW_NETWORK -> answer(time + question.ways() * d.size());
            case FULL ->
                question.overNewConnection() ? new Reply(Reply.Sort.NO_ENTRY, time + WAY) : answer(time + ways);
            case CUT_OFF,
                    CUT_ONE_WAY,
                    CUT_OFF_BUT_REACHED,
                    CUT_OFF_BUT_RECEIVED,
                    CUT_OFF_AFTER_HICCUP,
                    HOST_GONE,
                    CUT_FROM_MOST -> answer(later(sentAgain(time, question, d.to()), ways));
            case RESTARTED,
                    STOPPED_AND_STARTED,
                    REJECTED,
                    KILLED,
                    KILLED_WITHOUT_SSH,
                    KILLED_AND_LEFT,
                    KILLED_WITHOUT_ROUTES,
                    STOPPED -> new Reply(Reply.Sort.BROKEN, time + WAY);
            case SSH_GONE, SSH_SLOW, ROUTES_GONE, REPLICAS_STALLED, CLOCK_SET, CONNECTION_ENDED -> answer(time + ways);
        };
    }

    private static Reply answer(long time) {
        return new Reply(Reply.Sort.ANSWER, time);
    }

    private static long later(long time, long more) {
        return time == Disturbance.NEVER ? time : time + more;
    }

    private static long sentAgain(long time, Question question, long open) {
        long wait = question.overNewConnection() ? FIRST_AGAIN : AGAIN;
        long sent = time;
        while (sent < open && open != Disturbance.NEVER) {
            sent += wait;
            wait *= 2;
        }
        return open == Disturbance.NEVER ? open : sent;
    }

    /** Whether the host of the source is silent to SSH. */
    boolean sshIsGone(long time) {
        return is(time, Kind.SSH_GONE, Kind.HOST_GONE, Kind.CUT_FROM_MOST, Kind.KILLED_WITHOUT_SSH)
                || at(time).filter(d -> d.is(Kind.CUT_OFF) && d.size() == 1).isPresent();
    }

    /** How long a command takes over SSH. */
    long sshTakes(long time) {
        return at(time).filter(d -> d.is(Kind.SSH_SLOW)).map(Disturbance::size).orElse(20 * MILLI);
    }

    /** Who is the process now; the number of the last one if there is none. */
    long process(long time) {
        return 100 + place(time).startedAt(time);
    }

    /** Whether nobody listens. */
    boolean isDown(long time) {
        return at(time).filter(SimulatedSource::processEnds).isPresent();
    }

    boolean isFull(long time) {
        return is(time, Kind.FULL);
    }

    /** Whether the last process still exists. */
    boolean processExists(long time) {
        return at(time).filter(d -> processEnds(d) && time >= d.from() + ending(d))
                .isEmpty();
    }

    private static long ending(Disturbance d) {
        return d.is(Kind.STOPPED, Kind.STOPPED_AND_STARTED) ? SHUTDOWN : d.parts();
    }

    /** Whether it was told to stop, and has taken its process file away. */
    boolean wasStopped(long time) {
        return is(time, Kind.STOPPED, Kind.STOPPED_AND_STARTED);
    }

    /** Whether another process is on its way to the port. */
    boolean isBeingStarted(long time) {
        return at(time).filter(d -> d.is(Kind.RESTARTED) && time >= d.from() + ending(d) + d.parts())
                .isPresent();
    }

    /** Whether the port answers at all, and if so, whether it refuses; for the manager. */
    Optional<Boolean> portRefuses(long time) {
        Optional<Disturbance> now = at(time);
        if (now.filter(d -> d.is(Kind.REJECTED) || processEnds(d)).isPresent()) {
            return Optional.of(true);
        }
        return isCutOff(time) ? Optional.empty() : Optional.of(false);
    }

    private boolean isCutOff(long time) {
        return is(
                time,
                Kind.CUT_OFF,
                Kind.CUT_ONE_WAY,
                Kind.CUT_OFF_BUT_REACHED,
                Kind.CUT_OFF_BUT_RECEIVED,
                Kind.CUT_OFF_AFTER_HICCUP,
                Kind.HOST_GONE,
                Kind.CUT_FROM_MOST);
    }

    boolean routesAreGone(long time) {
        return is(time, Kind.ROUTES_GONE)
                || at(time).filter(d -> d.is(Kind.KILLED_WITHOUT_ROUTES) && time < d.from() + d.size())
                        .isPresent();
    }

    /** Whether the n-th of the other hosts is cut off. */
    boolean isCutOffFromRoute(long time, int n) {
        Optional<Disturbance> now = at(time);
        int asked = manner.routes().sighted() + manner.routes().blind();
        boolean majority = now.filter(d -> d.is(Kind.CUT_FROM_MOST)).isPresent() && n >= (asked - 1) / 2;
        return majority || is(time, Kind.HOST_GONE) || hasHiccup(time);
    }

    private boolean hasHiccup(long time) {
        return at(time).filter(d -> d.is(Kind.CUT_OFF_AFTER_HICCUP) && time < d.from() + d.size())
                .isPresent();
    }

    /** When a server that is there greets; {@link Disturbance#NEVER} if it stays silent. */
    long greets(long time) {
        return at(time).map(d -> switch (d.kind()) {
                    case FROZEN, FROZEN_FOR_GOOD -> d.to();
                    case FROZEN_WHILE_PAUSED -> Math.max(time, d.from() + d.size());
                    default -> time;
                })
                .orElse(time);
    }

    /** How many writes replicas have received until then. */
    long received(long time) {
        return manner.writes() == 0 ? 0 : (time - place(time).stillAt(time)) / manner.writes();
    }

    private static long stillUntil(Disturbance d) {
        return switch (d.kind()) {
            case CUT_OFF_AFTER_HICCUP, FROZEN_WHILE_PAUSED -> d.from() + d.size();
            case FROZEN,
                    RESTARTED,
                    STOPPED_AND_STARTED,
                    READ_LOCK,
                    REPLICAS_STALLED,
                    KILLED,
                    KILLED_WITHOUT_SSH,
                    KILLED_AND_LEFT,
                    KILLED_WITHOUT_ROUTES,
                    STOPPED,
                    FROZEN_FOR_GOOD,
                    HOST_GONE,
                    CUT_FROM_MOST -> d.to();
            default -> d.from();
        };
    }
}
