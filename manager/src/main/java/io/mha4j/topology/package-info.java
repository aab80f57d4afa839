/**
 * What one sweep over the servers saw, and what a legal replication tree is.
 *
 * <p>Pure values and rules; the sweep itself lives in {@code mysql}. May use {@code config} and {@code binlog}.
 */
@NullMarked
package io.mha4j.topology;

import org.jspecify.annotations.NullMarked;
