/** Tests of what the checks and the watcher know of servers and hosts. */
@NullMarked
package io.mha4j.topology.details;

import org.jspecify.annotations.NullMarked;
