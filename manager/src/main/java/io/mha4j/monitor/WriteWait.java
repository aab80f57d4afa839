package io.mha4j.monitor;

import io.mha4j.base.Deadline;
import io.mha4j.base.Ticks;
import io.mha4j.config.ServerSettings;
import io.mha4j.mysql.MysqlException;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.details.WriteFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Looks over a new connection what a write waits for that has not ended in half of its time: a server that answers there
 * lives. Beside the write, so that a check takes no longer than it may.
 */
final class WriteWait implements AutoCloseable {
    /** The look ends with the check. */
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Ticks ticks;
    private final Slot<Optional<String>> look;

    /**
     * Begins with the write.
     *
     * @param connection that writes
     * @param limit      of the check
     */
    WriteWait(ServerSettings source, long connection, Deadline limit, Ticks ticks) {
        this.ticks = ticks;
        long half = limit.remaining().toNanos() / 2;
        this.look = Slot.start("write wait", ticks, () -> look(source, connection, half, limit));
    }

    private Optional<String> look(ServerSettings source, long connection, long patience, Deadline limit)
            throws InterruptedException {
        if (ended.await(patience, TimeUnit.NANOSECONDS)) {
            return Optional.empty();
        }
        try (ServerSession session = ServerSession.open(source, limit)) {
            return Optional.of(WriteFailure.waiting(session, connection, limit));
        } catch (MysqlException e) {
            return Optional.empty();
        }
    }

    /** What a write that was given up waits for; empty if the server does not answer anybody. */
    Optional<String> reason() {
        return look.await(Deadline.in(PATIENCE, ticks), Optional::empty);
    }

    /** The write has ended. */
    @Override
    public void close() {
        ended.countDown();
    }
}
