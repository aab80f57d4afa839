/**
 * When a source is dead for certain, so that nobody has to wait for four failed checks: the questions, what their answers
 * prove, and the rule that all must be proved. Pure; who looks is {@code monitor.death}.
 */
@NullMarked
package io.mha4j.decision.death;

import org.jspecify.annotations.NullMarked;
