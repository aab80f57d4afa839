/**
 * Watching without servers: the real loop, count, evidence, vote and proof of death, with a clock that is moved, on a source
 * that is disturbed in ways which follow from one number. Whether what the watcher decided was right is judged by what is
 * true in that world and by docs/watching.md, never by asking the product. docs/simulation.md tells the rules.
 */
@NullMarked
package io.mha4j.monitor.simulation;

import org.jspecify.annotations.NullMarked;
