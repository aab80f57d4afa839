package io.mha4j.report;

import java.time.Instant;

/**
 * One fact of a run, as told to the event log.
 *
 * @param at      wall time
 * @param message may have several lines
 */
public record Event(Instant at, Level level, String message) {}
