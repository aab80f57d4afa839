/**
 * Gathers the facts of the checks: from servers over SQL, from hosts over SSH, from the manager's own host.
 *
 * <p>Everything is asked at once and each server has a deadline of its own; nothing is changed anywhere. What the facts
 * mean is {@code decision}'s business.
 */
@NullMarked
package io.mha4j.monitor.check;

import org.jspecify.annotations.NullMarked;
