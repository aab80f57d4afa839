/**
 * Which manager may act, and the proof that it still may.
 *
 * <p>Hides where the claim is kept: a lock on a file of this machine. Knows no failover and no server's state. May use
 * {@code base}, {@code config}, {@code mysql} and {@code report}.
 */
@NullMarked
package io.mha4j.ha;

import org.jspecify.annotations.NullMarked;
