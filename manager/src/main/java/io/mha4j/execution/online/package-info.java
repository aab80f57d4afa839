/**
 * Carries out an online switch: each kind of step on the servers, one after another, and what was begun is undone when a
 * step before the opening fails.
 *
 * <p>{@link io.mha4j.execution.online.OnlineSwitch} is the run, {@link io.mha4j.execution.online.OnlineSteps} knows how
 * each step is done. Which steps there are is decided in {@code decision.online}. May use what {@code execution} may.
 */
@NullMarked
package io.mha4j.execution.online;

import org.jspecify.annotations.NullMarked;
