/**
 * The record of one failover for programs and for the day after: when each step began and how it ended, who could be the
 * new source and why not, what was sent to the servers, what was lost.
 *
 * <p>{@link io.mha4j.report.incident.Incident} is the value, {@link io.mha4j.report.incident.IncidentFiles} its place on
 * disk. May use {@code base}, {@code binlog}, {@code decision} and the rest of {@code report}.
 */
@NullMarked
package io.mha4j.report.incident;

import org.jspecify.annotations.NullMarked;
