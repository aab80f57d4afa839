package io.mha4j.monitor;

import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.base.Sleeper;
import io.mha4j.base.Ticks;
import io.mha4j.config.ServerSettings;
import io.mha4j.mysql.MysqlException;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.details.SourceStatusQuery;
import io.mha4j.topology.details.SourceStatus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Keeps in mind how far a source is and who acknowledges its commits, so that something is known of it when it has died. Over a connection
 * of its own: what it asks for may wait, on a full disk say, where the pings do not.
 */
public final class StatusWatch implements AutoCloseable {
    private final ServerSettings source;
    private final Time time;
    private final Thread thread;
    private volatile Optional<SourceStatus> last = Optional.empty();

    /** How time passes, and what it is. */
    public record Time(Ticks ticks, Sleeper sleeper, InstantSource clock) {}

    private StatusWatch(ServerSettings source, Time time) {
        this.source = source;
        this.time = time;
        this.thread = new Thread(this::watch, "source-status");
        this.thread.setDaemon(true);
    }

    /** Begins to ask, once per {@code ping_interval}. */
    public static StatusWatch on(ServerSettings source, Time time) {
        StatusWatch watch = new StatusWatch(source, time);
        watch.thread.start();
        return watch;
    }

    /** What it said last; empty if it has said nothing yet. */
    public Optional<SourceStatus> last() {
        return last;
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
            while (true) {
                Deadline round = Deadline.in(interval(), time.ticks());
                last = Optional.of(new SourceStatusQuery(session, time.clock()).ask(round));
                time.sleeper().sleep(round.remaining());
            }
        } catch (MysqlException | IllegalArgumentException e) {
            // It is tried again, also where an answer has a form that no server is known to give.
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
