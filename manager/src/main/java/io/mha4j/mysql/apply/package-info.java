/**
 * Applies saved binary log events to one server over an SQL session: the way that is left when a replica cannot fetch
 * them itself.
 *
 * <p>Each event becomes the statement that has its effect: a QUERY event its text under the variables it was run with,
 * row events a {@code BINLOG} statement, and so on. Statements go out as the bytes that the event holds; nothing decodes
 * them. Rules: MySQL source, {@code log_event.cc}, and what {@code mysqlbinlog} prints. Uses the sessions of
 * {@code mysql} through three methods made for it; hides the driver's own interface for raw packets.
 */
@NullMarked
package io.mha4j.mysql.apply;

import org.jspecify.annotations.NullMarked;
