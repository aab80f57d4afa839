/**
 * What the checks saw beyond a sweep: accounts and settings of servers, files and disks of hosts, the manager's own host.
 *
 * <p>Pure values; {@code mysql} and {@code monitor} gather them, {@code decision} judges them. May use {@code binlog}.
 */
@NullMarked
package io.mha4j.topology.details;

import org.jspecify.annotations.NullMarked;
