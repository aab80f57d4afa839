/**
 * Watches the source until it is dead, or says why it is not.
 *
 * <p>The rule that judges is {@link io.mha4j.decision.HealthState}; this package owns the clock, the connection and the
 * thread that feed it, and gathers evidence when a failure shows. May use the facts, {@code decision} and all hands but
 * {@code feed}; knows neither {@code execution} nor {@code ha}.
 */
@NullMarked
package io.mha4j.monitor;

import org.jspecify.annotations.NullMarked;
