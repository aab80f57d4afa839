package io.mha4j.topology;

import java.time.Duration;

/** What one look at one server brought. */
public sealed interface ServerState {
    /** It answered every question in time. */
    record Alive(ServerFacts facts) implements ServerState {}

    /**
     * It runs but would not let us in: MHA's "alive" errors (1040 too many connections, 1045 access denied, 1129 host
     * blocked and the like). During a failover also: it does not say what must be known of it.
     */
    record Refusing(int errorCode, String message) implements ServerState {}

    /**
     * Nothing usable came back within the deadline.
     *
     * @param why  one clause, for example {@code connection refused} or {@code no answer within 4 s}
     * @param took how long we waited
     */
    record Unreachable(Kind how, String why, Duration took) implements ServerState {}

    /** How a server failed to answer. */
    enum Kind {
        /** The port refused: nothing listens. */
        REFUSED,
        /** No answer in time: frozen, gone, or the network drops packets. */
        TIMED_OUT,
        /** The name does not resolve. */
        UNKNOWN_HOST,
        /** The connection broke or spoke nonsense. */
        BROKEN
    }
}
