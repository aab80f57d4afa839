/**
 * A dry run of a failover: what would be done, what would be saved and how long it would take, by looking and measuring.
 * Changes nothing on any server. Uses hosts through {@code remote} and the planner through its rehearsal.
 */
@NullMarked
package io.mha4j.execution.dry;

import org.jspecify.annotations.NullMarked;
