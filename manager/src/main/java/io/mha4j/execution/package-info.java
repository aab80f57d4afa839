/**
 * Carries out what {@code decision} planned: asks the planner for the next steps, checks that it may still act, writes
 * each step to the journal before and after, does it on the servers, and goes on until the planner says that it is over.
 *
 * <p>Hides sessions, hooks and threads of a run. May use the facts, {@code decision} and all hands; not {@code monitor}
 * or {@code ha}: whether this manager may act is asked through {@link io.mha4j.execution.Permit}.
 */
@NullMarked
package io.mha4j.execution;

import org.jspecify.annotations.NullMarked;
