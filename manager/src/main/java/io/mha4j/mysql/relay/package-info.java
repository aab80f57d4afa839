/**
 * What the node tools ask of a server besides replication itself: giving up relay logs, and a proof that events could be
 * applied.
 *
 * <p>May use {@code mysql}.
 */
@NullMarked
package io.mha4j.mysql.relay;

import org.jspecify.annotations.NullMarked;
