/**
 * Programs and bytes on this host and on others: run a program, read a range of a file, always by a deadline.
 *
 * <p>Hides SSH sessions, shells and quoting. May use {@code config}.
 */
@NullMarked
package io.mha4j.remote;

import org.jspecify.annotations.NullMarked;
