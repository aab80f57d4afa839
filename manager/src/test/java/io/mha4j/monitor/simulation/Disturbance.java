package io.mha4j.monitor.simulation;

import java.util.EnumSet;
import java.util.Set;

/**
 * Something that happens to a source, to the ways that lead to it, or to a clock. Times are nanoseconds since the world began.
 *
 * @param to    when it is over; {@link #NEVER} for a death
 * @param size  what else there is to say, by kind: how slow, how long a part of it lasts
 * @param parts how far the end of a process and that of its sockets lie apart, and whatever else takes a moment
 */
record Disturbance(Kind kind, long from, long to, long size, long parts) {
    static final long NEVER = Long.MAX_VALUE;

    boolean is(Kind... kinds) {
        for (Kind other : kinds) {
            if (kind == other) {
                return true;
            }
        }
        return false;
    }

    /** What happens. */
    enum Kind {
        /** The process stands still. */
        FROZEN,
        /** The same for long, and the operator has paused the manager for it. */
        FROZEN_WHILE_PAUSED,
        /** The process ends, and who keeps it starts another one. */
        RESTARTED,
        /** An operator stops the server and starts it again. */
        STOPPED_AND_STARTED,
        /** No connection is left; {@code size} 1: and the kept one is closed. */
        FULL,
        /** {@code FLUSH TABLES WITH READ LOCK}. */
        READ_LOCK,
        /** A write takes {@code size}. */
        SLOW_DISK,
        /** Each way to the server and back takes {@code size}. */
        SLOW_NETWORK,
        /** Nothing passes between the manager and the server; {@code size} 1: nor to its host's SSH. */
        CUT_OFF,
        /** What the server sends does not arrive at the manager. */
        CUT_ONE_WAY,
        /** A firewall answers the manager in the server's place, and refuses. */
        REJECTED,
        /** Cut off for long, but other hosts reach it. */
        CUT_OFF_BUT_REACHED,
        /** Cut off for long, but replicas receive. */
        CUT_OFF_BUT_RECEIVED,
        /** At first, for {@code size}, everybody is cut off, then only the manager is. */
        CUT_OFF_AFTER_HICCUP,
        SSH_GONE,
        /** A command over SSH takes {@code size}. */
        SSH_SLOW,
        /** No other host can be asked. */
        ROUTES_GONE,
        REPLICAS_STALLED,
        /** The manager's clock is set by {@code size}. */
        CLOCK_SET,
        /** Somebody ends the connection that the manager keeps. */
        CONNECTION_ENDED,

        /** The process ends, and nobody starts another one. */
        KILLED,
        KILLED_WITHOUT_SSH,
        /** Somebody keeps the server, but does not start it. */
        KILLED_AND_LEFT,
        /** For {@code size} no other host can be asked. */
        KILLED_WITHOUT_ROUTES,
        STOPPED,
        FROZEN_FOR_GOOD,
        HOST_GONE,
        /** Only a minority of the other hosts reaches it. */
        CUT_FROM_MOST;

        /** What the manager has to act on. */
        static final Set<Kind> DEATHS = EnumSet.range(KILLED, CUT_FROM_MOST);

        static final Set<Kind> HARMLESS = EnumSet.complementOf(EnumSet.range(KILLED, CUT_FROM_MOST));

        boolean isDeath() {
            return DEATHS.contains(this);
        }
    }
}
