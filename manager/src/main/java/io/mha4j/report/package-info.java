/**
 * The record: what a run tells its operator while it happens and what stays on disk for the next one. Event log, status
 * and flag files, step journal, failover report.
 *
 * <p>Hides file names, formats, atomic writes and flushing. Judges nothing and contacts no server; time comes from an
 * {@link java.time.InstantSource} of the caller. Whoever writes here holds the manager's lock, except for the event log.
 * May use {@code base}, {@code config}, {@code binlog}, {@code topology} and {@code decision}.
 */
@NullMarked
package io.mha4j.report;

import org.jspecify.annotations.NullMarked;
