package io.mha4j.decision.online;

import io.mha4j.decision.FailoverWishes.HostPort;
import java.time.Duration;
import java.util.Optional;

/**
 * What the command line asked of an online switch.
 *
 * @param newSource   {@code --new_master_host} and port: only this replica may become the source
 * @param rejoin      {@code --orig_master_is_new_slave}: the old source becomes a replica of the new one
 * @param lockTables  false with {@code --skip_lock_all_tables}
 * @param repoint     false with {@code --skip_change_master}: the other replicas are left as they are
 * @param flushTables {@code --flush_tables}, the answer to the question included
 * @param limits      what is tolerated
 */
public record OnlineWishes(
        Optional<HostPort> newSource,
        boolean rejoin,
        boolean lockTables,
        boolean repoint,
        boolean flushTables,
        Limits limits) {

    /**
     * What is tolerated before the switch begins.
     *
     * @param updates    {@code running_updates_limit}: age of a write on the old source; one second more is tolerated
     * @param statements {@code running_seconds_limit}: age of any statement on the new source
     * @param lag        {@code seconds_behind_master}
     */
    public record Limits(Duration updates, Duration statements, Duration lag) {
        public static final Limits DEFAULT =
                new Limits(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(30));
    }

    public static final OnlineWishes DEFAULT =
            new OnlineWishes(Optional.empty(), false, true, true, false, Limits.DEFAULT);

    /** The same, with only this replica to become the source. */
    public OnlineWishes forcing(HostPort replica) {
        return new OnlineWishes(Optional.of(replica), rejoin, lockTables, repoint, flushTables, limits);
    }

    /** The same with tables flushed first, or not. */
    public OnlineWishes flushing(boolean flush) {
        return new OnlineWishes(newSource, rejoin, lockTables, repoint, flush, limits);
    }
}
