/**
 * What binary logs mean: positions, GTID sets, and where events begin and end.
 *
 * <p>Pure: works on values and bytes handed in, knows no file, socket or clock. May use {@code base} only.
 */
@NullMarked
package io.mha4j.binlog;

import org.jspecify.annotations.NullMarked;
