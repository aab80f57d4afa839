package io.mha4j.monitor.route;

/** What one host found. */
public sealed interface RouteAnswer {
    /** A MySQL server greeted it. */
    record Reached() implements RouteAnswer {}

    /** The host works, the server does not answer it. */
    record NotReached(String why) implements RouteAnswer {}

    /** The host itself cannot be used, so nothing is known. */
    record Unusable(String why) implements RouteAnswer {}
}
