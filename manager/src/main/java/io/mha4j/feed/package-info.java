/**
 * Serves an archive to replicas as if it were the source that wrote it: the replica's own threads fetch and execute the
 * events, so that they mean what they would have meant.
 *
 * <p>Hides the client/server protocol, the differences between the versions that connect, and the stream rules by which
 * a source sends its binary log. Knows no server and no SQL statement of its own. May use {@code base}, {@code binlog}
 * and {@code archive}.
 */
@NullMarked
package io.mha4j.feed;

import org.jspecify.annotations.NullMarked;
