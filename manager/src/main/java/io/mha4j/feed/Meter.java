package io.mha4j.feed;

import io.mha4j.binlog.BinlogPosition;
import java.util.Optional;

/** Counts what one connection has sent. One thread counts, any may look. */
final class Meter {
    /** Looks need not be sharper than this, and counting should cost nothing. */
    private static final int EVENTS_BETWEEN_LOOKS = 64;

    private volatile FeedProgress shown;
    private long bytes;
    private long events;

    Meter(String client) {
        shown = new FeedProgress(client, 0, 0, 0, Optional.empty(), false, true, Optional.empty());
    }

    FeedProgress shown() {
        return shown;
    }

    void asks(long serverId) {
        show(serverId, Optional.empty(), false);
    }

    void begins(BinlogPosition at) {
        show(shown.serverId(), Optional.of(at), false);
    }

    /** One event was sent; the position behind it is made up only when it is shown. */
    void sent(long length, String file, long end) {
        bytes += length;
        events++;
        if (events % EVENTS_BETWEEN_LOOKS == 0 || length > EVENTS_BETWEEN_LOOKS * 1024) {
            show(shown.serverId(), Optional.of(new BinlogPosition(file, end)), false);
        }
    }

    void atEnd(BinlogPosition end) {
        show(shown.serverId(), Optional.of(end), true);
    }

    private void show(long serverId, Optional<BinlogPosition> reached, boolean atEnd) {
        shown = new FeedProgress(
                shown.client(), serverId, bytes, events, reached, atEnd, shown.open(), shown.problem());
    }

    /** The connection is over. */
    void closed(Optional<String> problem) {
        FeedProgress last = shown;
        shown = new FeedProgress(
                last.client(), last.serverId(), bytes, events, last.reached(), last.atEnd(), false, problem);
    }
}
