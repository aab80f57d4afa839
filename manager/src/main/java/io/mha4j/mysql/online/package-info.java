/**
 * What an online switch asks of servers and does to them beyond replication: what they are busy with, the global read
 * lock, waiting for a position, the roles of semi-synchronous replication.
 *
 * <p>Hides SQL and its versions. May use {@code config}, {@code binlog} and {@code topology}.
 */
@NullMarked
package io.mha4j.mysql.online;

import org.jspecify.annotations.NullMarked;
