/**
 * Scenario files as tests: {@code src/test/scenarios/*.txt} hold facts and, below {@code ----}, what follows from them.
 *
 * <p>{@link io.mha4j.scenario.Scenarios} turns the files of one topic into tests; what follows is computed by the
 * {@link io.mha4j.scenario.Scenarios.Handler} that the test of a package brings along. The format is described in the
 * {@code README} beside the files. A run with {@code -Dscenarios.rewrite=true} writes the computed half into the files
 * instead of comparing it; a person then reads the difference.
 */
@NullMarked
package io.mha4j.scenario;

import org.jspecify.annotations.NullMarked;
