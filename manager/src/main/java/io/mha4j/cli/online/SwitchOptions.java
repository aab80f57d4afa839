package io.mha4j.cli.online;

import io.mha4j.cli.command.Option;
import io.mha4j.cli.command.Options;
import io.mha4j.decision.FailoverWishes.HostPort;
import io.mha4j.decision.online.OnlineWishes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Options of the online switch alone. */
public final class SwitchOptions {
    private static final Option<Boolean> REJOIN =
            Option.flag("orig_master_is_new_slave", "alive: make the old master a slave of the new one.");
    private static final Option<Duration> RUNNING_UPDATES_LIMIT = Option.seconds(
            "running_updates_limit", 1, "alive: do not switch while an update runs longer on the master.");
    private static final Option<Duration> RUNNING_SECONDS_LIMIT = Option.seconds(
            "running_seconds_limit", 10, "alive: do not switch while a statement runs so long on the new master.");
    private static final Option<Integer> FLUSH_TABLES = Option.number(
            "flush_tables",
            2,
            "alive: close tables on the master first: 0 no, 1 yes, 2 ask (yes with --interactive=0).");
    private static final Option<Boolean> SKIP_LOCK_ALL_TABLES = Option.flag(
            "skip_lock_all_tables", "alive: take no global read lock; see that the binary log stands still instead.");

    public static final List<Option<?>> ALL =
            List.of(REJOIN, RUNNING_UPDATES_LIMIT, RUNNING_SECONDS_LIMIT, FLUSH_TABLES, SKIP_LOCK_ALL_TABLES);

    private SwitchOptions() {}

    /**
     * What the command line asks of an online switch; whether tables are flushed may be asked of a person.
     *
     * @param newSource {@code --new_master_host}
     * @param lag       {@code --seconds_behind_master}
     * @param repoint   false with {@code --skip_change_master}
     */
    public static OnlineWishes wishes(Options options, Optional<HostPort> newSource, Duration lag, boolean repoint) {
        return new OnlineWishes(
                newSource,
                options.get(REJOIN),
                !options.get(SKIP_LOCK_ALL_TABLES),
                repoint,
                options.get(FLUSH_TABLES) != 0,
                new OnlineWishes.Limits(options.get(RUNNING_UPDATES_LIMIT), options.get(RUNNING_SECONDS_LIMIT), lag));
    }

    /** Whether a person decides about flushing tables. */
    public static boolean asksToFlush(Options options) {
        return options.get(FLUSH_TABLES) == 2;
    }
}
