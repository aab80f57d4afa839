/**
 * Tries every promise of {@code io.mha4j.mysql} on real servers, one kind after the other.
 *
 * <p>A probe changes what it likes on the servers it is given: a source and two replicas that nobody else uses. It
 * prints one line per check with the time it took, and ends with the number of failed checks. Uses the manager's
 * public types as the manager itself does.
 */
@NullMarked
package io.mha4j.lab.probe;

import org.jspecify.annotations.NullMarked;
