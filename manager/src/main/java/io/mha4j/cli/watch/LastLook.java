package io.mha4j.cli.watch;

import io.mha4j.base.Deadline;
import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.base.Ticks;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.config.ServerSettings;
import io.mha4j.execution.fence.SourceLook;
import io.mha4j.monitor.LostConnections;
import io.mha4j.monitor.SourcePing;
import io.mha4j.monitor.SourceProbe;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The last look at a source that was called dead, before anything is changed. It is asked only where more than a {@code
 * ping_interval} has passed since: other servers that are silent, and a process that stands still, give it time to come back.
 */
public final class LastLook {
    private final ServerId source;
    private final Supplier<SourceProbe> way;
    private final Duration interval;
    private final Deadline fresh;

    /** One that is called dead now. */
    LastLook(ServerId source, Supplier<SourceProbe> way, Duration interval, Ticks ticks) {
        this.source = source;
        this.way = way;
        this.interval = interval;
        this.fresh = Deadline.in(interval, ticks);
    }

    /** One that is called dead now, to be asked as it was watched. */
    public static LastLook at(ServerSettings source, LostConnections lost) {
        return new LastLook(
                source.id(),
                () -> new SourcePing(source, lost, SystemTime.TICKS),
                source.watching().pingInterval(),
                SystemTime.TICKS);
    }

    /** For a failover that comes to open another one; the connections of its own that it leaves are nobody's. */
    public static SourceLook beforeOpening(ServerSettings source) {
        return new SourceLook(new AskedAnew(source), source.watching().pingInterval(), SystemTime.TICKS);
    }

    /** Each time over a connection of its own. */
    private static final class AskedAnew implements SourceLook.Question {
        private final ServerSettings source;
        private volatile Optional<SourcePing> last = Optional.empty();

        AskedAnew(ServerSettings source) {
            this.source = source;
        }

        @Override
        public boolean isAnswered(Duration limit) {
            try (SourcePing ping = new SourcePing(source, new LostConnections(), SystemTime.TICKS)) {
                last = Optional.of(ping);
                return !ping.check(limit).isFailure();
            }
        }

        @Override
        public boolean hasSpoken() {
            return last.filter(SourcePing::hasSpoken).isPresent();
        }
    }

    /** @throws Alive if it was asked and did not fail */
    public void throwIfAlive() {
        if (!fresh.isOver()) {
            return;
        }
        try (SourceProbe probe = way.get()) {
            if (!probe.check(interval).isFailure()) {
                throw new Alive(source);
            }
        }
    }

    /** It lives. */
    public static final class Alive extends MhaException {
        Alive(ServerId source) {
            super(source + " answers again, and nothing was changed yet");
        }
    }
}
