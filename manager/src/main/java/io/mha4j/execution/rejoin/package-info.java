/**
 * Bringing a former source home: it is closed for writers, compared with the one that took its place, and made its replica, or
 * what only it has is saved. Judging is {@link io.mha4j.decision.rejoin.RejoinPlanner}'s.
 */
@NullMarked
package io.mha4j.execution.rejoin;

import org.jspecify.annotations.NullMarked;
