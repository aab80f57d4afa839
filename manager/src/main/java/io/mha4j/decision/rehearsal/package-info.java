/**
 * A failover in which every step does what it should: what a dry run tells. Pure, as all of {@code decision}; the planner does
 * not know that it is only asked.
 */
@NullMarked
package io.mha4j.decision.rehearsal;

import org.jspecify.annotations.NullMarked;
