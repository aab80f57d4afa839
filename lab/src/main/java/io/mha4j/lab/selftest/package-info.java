/**
 * Proves that the lab's faults are what they claim to be: a case that trusts a fault which does nothing proves nothing.
 *
 * <p>Looks from outside only, with sockets, an SSH client and SQL. May use {@code lab.base}, {@code lab.server},
 * {@code lab.host}, {@code lab.tree} and the {@code Probe} of {@code lab.cases}.
 */
@NullMarked
package io.mha4j.lab.selftest;

import org.jspecify.annotations.NullMarked;
