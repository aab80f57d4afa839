/**
 * Looks for proof that a source has died, while the watcher counts: which process it is while it lives, and after it
 * stopped answering, what is left of it.
 *
 * <p>{@link io.mha4j.monitor.death.Coroner} asks in order and keeps what was seen; the rule is
 * {@link io.mha4j.decision.death.Findings}. Hides shell text and the limits of single questions. Changes nothing anywhere.
 */
@NullMarked
package io.mha4j.monitor.death;

import org.jspecify.annotations.NullMarked;
