/**
 * MHA's script contract: which arguments an operator's script gets, in MHA's words, and what its exit status means.
 *
 * <p>{@link io.mha4j.hooks.IpFailoverScript} and {@link io.mha4j.hooks.ShutdownScript} say what would be called, as a
 * value that can be shown with its secrets masked; {@link io.mha4j.hooks.HookRunner} calls it. Hides option sets, quoting
 * and the shell. May use {@code config}, {@code topology} and {@code remote}.
 */
@NullMarked
package io.mha4j.hooks;

import org.jspecify.annotations.NullMarked;
