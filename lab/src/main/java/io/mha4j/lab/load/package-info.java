/**
 * The load client behind every figure of this project: single-row autocommit inserts over several connections, each
 * acknowledged write recorded with its time, each write of unknown outcome recorded as such.
 *
 * <p>Whoever states downtime or lost writes takes them from a {@link io.mha4j.lab.load.LoadRecord}; so its rules are
 * strict: a write counts as acknowledged only when the server said so, as refused only when the server's error says that
 * it cannot have happened, as unknown in every other case. Uses the database driver; knows nothing of the manager.
 */
@NullMarked
package io.mha4j.lab.load;

import org.jspecify.annotations.NullMarked;
