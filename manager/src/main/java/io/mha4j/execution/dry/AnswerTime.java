package io.mha4j.execution.dry;

import io.mha4j.base.Deadline;
import io.mha4j.base.Ticks;
import io.mha4j.config.ServerSettings;
import io.mha4j.mysql.ServerSession;
import java.time.Duration;

/**
 * How fast a server answers.
 *
 * @param login    time of a login
 * @param question time of a question and its answer, over a connection that is there
 */
public record AnswerTime(Duration login, Duration question) {
    private static final int QUESTIONS = 5;

    /**
     * Measures it.
     *
     * @throws io.mha4j.base.MhaException if the server lets nobody in by the deadline
     */
    public static AnswerTime of(ServerSettings server, Ticks ticks, Deadline deadline) {
        long start = ticks.nanos();
        try (ServerSession session = ServerSession.open(server, deadline)) {
            long open = ticks.nanos();
            for (int i = 0; i < QUESTIONS; i++) {
                session.ping(deadline);
            }
            return new AnswerTime(
                    Duration.ofNanos(open - start),
                    Duration.ofNanos(ticks.nanos() - open).dividedBy(QUESTIONS));
        }
    }
}
