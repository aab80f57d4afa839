/**
 * Failovers without servers: the real planner, runner, journal text and resume decision on a tree that obeys the rules of
 * replication, of hosts and of scripts. What happens beside the plan (faults, answers, times, deaths of the manager, an old
 * source that lives on) follows from one number, so that a failing run can be had again. The rules that the tree obeys are
 * listed in docs/simulation.md, each with the lab case that shows it on real servers.
 */
@NullMarked
package io.mha4j.execution.simulation;

import org.jspecify.annotations.NullMarked;
