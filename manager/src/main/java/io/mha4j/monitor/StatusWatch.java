package io.mha4j.monitor;

import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.base.Sleeper;
import io.mha4j.base.Ticks;
import io.mha4j.config.ServerSettings;
import io.mha4j.mysql.MysqlException;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.details.SourceStatusQuery;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Asks a source again and again how far it is and who acknowledges its commits, so that something is known of it when it has died. Over a
 * connection of its own: what it asks for may wait, on a full disk say, where the pings do not. One that hangs in the server is the only
 * one: it is seen to be gone before another one is kept.
 */
public final class StatusWatch implements AutoCloseable {
    private final ServerSettings source;
    private final LastStatus last;
    private final Time time;
    private final Thread thread;
    private Optional<ServerSession.Own> lost = Optional.empty();

    /** How time passes, and what it is. */
    public record Time(Ticks ticks, Sleeper sleeper, InstantSource clock) {}

    private StatusWatch(ServerSettings source, LastStatus last, Time time) {
        this.source = source;
        this.last = last;
        this.time = time;
        this.thread = new Thread(this::watch, "source-status");
        this.thread.setDaemon(true);
    }

    /**
     * Begins to ask, once per {@code ping_interval}.
     *
     * @param last told what it says
     */
    public static StatusWatch on(ServerSettings source, LastStatus last, Time time) {
        StatusWatch watch = new StatusWatch(source, last, time);
        watch.thread.start();
        return watch;
    }

    private void watch() {
        try {
            while (true) {
                askWhileItAnswers();
                time.sleeper().sleep(interval());
            }
        } catch (InterruptedException | InterruptedWork e) {
            Thread.currentThread().interrupt();
        }
    }

    /** That a source does not answer is the business of those who ping it. */
    private void askWhileItAnswers() throws InterruptedException {
        try (ServerSession session = ServerSession.open(source, Deadline.in(interval(), time.ticks()))) {
            if (hasPlaceFor(session)) {
                askOver(session);
            }
        } catch (MysqlException | IllegalArgumentException e) {
            // It is tried again, also where an answer has a form that no server is known to give.
        }
    }

    private boolean hasPlaceFor(ServerSession session) {
        Deadline deadline = Deadline.in(interval(), time.ticks());
        if (lost.filter(own -> session.endLost(own, deadline)).isPresent()) {
            return false;
        }
        lost = Optional.empty();
        return !new SourceStatusQuery(session, time.clock()).isFull(deadline);
    }

    private void askOver(ServerSession session) throws InterruptedException {
        SourceStatusQuery query = new SourceStatusQuery(session, time.clock());
        lost = Optional.of(session.own());
        while (true) {
            Deadline round = Deadline.in(interval(), time.ticks());
            long before = time.ticks().nanos();
            last.note(source.id(), query.ask(round), before);
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
