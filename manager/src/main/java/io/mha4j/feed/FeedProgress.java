package io.mha4j.feed;

import io.mha4j.binlog.BinlogPosition;
import java.util.Optional;

/**
 * How far one connection is. A replica that connects again has a new one.
 *
 * @param client   address and port it came from
 * @param serverId the replica's server id; 0 before it has said it
 * @param bytes    of events that were handed to the network
 * @param events   of the archive that were handed to the network
 * @param reached  position behind the last of them, before the first the place that was asked for
 * @param atEnd    whether the whole archive was handed over
 * @param open     whether the connection still exists
 * @param problem  what ended it against our will, or was refused
 */
public record FeedProgress(
        String client,
        long serverId,
        long bytes,
        long events,
        Optional<BinlogPosition> reached,
        boolean atEnd,
        boolean open,
        Optional<String> problem) {}
