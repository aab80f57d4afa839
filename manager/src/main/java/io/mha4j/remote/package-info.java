/**
 * Programs and bytes on this host and on others: run a program, read a range of a file, always by a deadline.
 *
 * <p>{@link io.mha4j.remote.Host} is this machine ({@link io.mha4j.remote.LocalHost}) or one behind SSH
 * ({@code remote.ssh}). Arguments are lists everywhere; {@link io.mha4j.remote.ShellQuote} is the one place that turns
 * them into text for a shell. Hides processes. May use {@code config}.
 */
@NullMarked
package io.mha4j.remote;

import org.jspecify.annotations.NullMarked;
