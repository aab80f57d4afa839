package io.mha4j.decision.rehearsal;

import io.mha4j.base.ServerId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What was measured before a dry run.
 *
 * @param logins    how long a login to a server takes
 * @param questions how long a question to it takes, over a connection that is there
 * @param command   how long a command on the dead source's host takes, over SSH; empty if it is not reached
 */
public record Pace(Map<ServerId, Duration> logins, Map<ServerId, Duration> questions, Optional<Duration> command) {
    public Pace {
        logins = Map.copyOf(logins);
        questions = Map.copyOf(questions);
    }

    /** Some questions; zero for a server that was not measured. */
    Duration ask(ServerId server, int times) {
        return Optional.ofNullable(questions.get(server)).orElse(Duration.ZERO).multipliedBy(times);
    }

    Duration login(ServerId server) {
        return Optional.ofNullable(logins.get(server)).orElse(Duration.ZERO);
    }

    /** Commands on the dead source's host. */
    Duration commands(int times) {
        return command.orElse(Duration.ZERO).multipliedBy(times);
    }
}
