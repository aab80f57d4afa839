package io.mha4j.monitor;

import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.base.Sleeper;
import io.mha4j.base.Ticks;
import io.mha4j.config.ServerSettings;
import io.mha4j.mysql.MysqlException;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.details.SourceStatusQuery;
import io.mha4j.report.EventLog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;

/**
 * Asks a source again and again how far it is and who acknowledges its commits, so that something is known of it when it has died. Over a
 * connection of its own: what it asks for may wait, on a full disk say, where the pings do not. One that hangs in the server is the only
 * one: it is seen to be gone before another one is kept. Where that cannot be seen, since the look for it hangs as well, each time twice as
 * long passes until the next one.
 */
public final class StatusWatch implements AutoCloseable {
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    /** Different texts of errors; a server that has ever new ones is told no more of. */
    private static final int CAUSES = 20;

    private final ServerSettings source;
    private final Memory memory;
    private final EventLog log;
    private final Time time;
    private final Thread thread;
    private final Set<String> told = new HashSet<>();
    /** Connections in a row that ended before they could see whether those before are gone. */
    private int blind;

    /** What is kept from one watching to the next: what the source said last, and connections that may still hang there. */
    public record Memory(LastStatus last, LostConnections lost) {}

    /** How time passes, and what it is. */
    public record Time(Ticks ticks, Sleeper sleeper, InstantSource clock) {}

    private StatusWatch(ServerSettings source, Memory memory, EventLog log, Time time) {
        this.source = source;
        this.memory = memory;
        this.log = log;
        this.time = time;
        this.thread = new Thread(this::watch, "source-status");
        this.thread.setDaemon(true);
    }

    /**
     * Begins to ask, once per {@code ping_interval}.
     *
     * @param memory told what it says
     * @param log    told what it does not say, once per cause
     */
    public static StatusWatch on(ServerSettings source, Memory memory, EventLog log, Time time) {
        StatusWatch watch = new StatusWatch(source, memory, log, time);
        watch.thread.start();
        return watch;
    }

    private void watch() {
        try {
            while (true) {
                askWhileItAnswers();
                time.sleeper().sleep(pause());
            }
        } catch (InterruptedException | InterruptedWork e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration pause() {
        Duration pause = interval().multipliedBy(1L << Math.min(blind, 20));
        return blind > 0 && pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    private void askWhileItAnswers() throws InterruptedException {
        try (ServerSession session = ServerSession.open(source, Deadline.in(interval(), time.ticks()))) {
            if (hasPlaceFor(session)) {
                askOver(session);
            }
        } catch (MysqlException e) {
            // That a source does not answer is the business of those who ping it.
            if (e.kind() != MysqlException.Kind.UNREACHABLE && e.kind() != MysqlException.Kind.REFUSING) {
                tell(e.getMessage());
            }
        } catch (IllegalArgumentException e) {
            tell(source.id() + ": what it says of itself cannot be understood: " + e.getMessage());
        }
    }

    private void tell(String why) {
        if (told.size() < CAUSES && told.add(why)) {
            log.warning(
                    "{}; a failover will not know how far the master was, nor how its commits waited for slaves", why);
        }
    }

    private boolean hasPlaceFor(ServerSession session) {
        Deadline deadline = Deadline.in(interval(), time.ticks());
        ServerSession.Own own = session.own();
        memory.lost().add(source.id(), own);
        blind++;
        int there = memory.lost().keepThose(source.id(), lost -> lost.equals(own) || session.endLost(lost, deadline));
        blind = 0;
        return there == 1 && !new SourceStatusQuery(session, time.clock()).isFull(deadline);
    }

    private void askOver(ServerSession session) throws InterruptedException {
        SourceStatusQuery query = new SourceStatusQuery(session, time.clock());
        while (true) {
            Deadline round = Deadline.in(interval(), time.ticks());
            long before = time.ticks().nanos();
            memory.last().note(source.id(), query.ask(round), before);
            time.sleeper().sleep(round.remaining());
        }
    }

    private Duration interval() {
        return source.watching().pingInterval();
    }

    /** What is on its way may still come to its end. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
