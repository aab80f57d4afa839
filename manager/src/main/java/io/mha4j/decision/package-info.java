/**
 * What is wrong, who should be the source, which steps follow, or why not.
 *
 * <p>The heart of the program, and pure: facts in, answers out. {@link io.mha4j.decision.HealthState} judges the source
 * while it is watched; {@link io.mha4j.decision.FailoverPlanner} is asked again after each group of steps with everything
 * learned so far, and answers with the next group, the end, or a reason to stop. Nothing here knows SQL, SSH, files, time
 * or threads. May use {@code config}, {@code binlog} and {@code topology}.
 */
@NullMarked
package io.mha4j.decision;

import org.jspecify.annotations.NullMarked;
