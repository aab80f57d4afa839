/**
 * What MHA's node tools do with log files on the host that they run on: find the place of a position in relay logs, join
 * the ends of several files into one, read such files event by event.
 *
 * <p>Made for operators' scripts and for hosts that a Perl manager still looks after; our own manager does without. Sizes
 * and orders are as MHA 0.58 has them where scripts can see them. May use {@code archive.place}, {@code binlog} and {@code
 * remote}.
 */
@NullMarked
package io.mha4j.archive.node;

import org.jspecify.annotations.NullMarked;
