package io.mha4j.execution.dry;

import io.mha4j.base.Deadline;
import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.base.Ticks;
import io.mha4j.config.ServerSettings;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.rehearsal.Pace;
import io.mha4j.remote.Host;
import io.mha4j.topology.Replica;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Measures how fast those answer that a failover would ask: each replica, and the dead source's host. Changes nothing. */
public final class PaceLook {
    private final FailoverFacts facts;
    private final Ticks ticks;
    private final Duration limit;
    private final Consumer<String> doubts;

    private PaceLook(FailoverFacts facts, Ticks ticks, Duration limit, Consumer<String> doubts) {
        this.facts = facts;
        this.ticks = ticks;
        this.limit = limit;
        this.doubts = doubts;
    }

    /**
     * Measures it now.
     *
     * @param limit  for each of them
     * @param doubts is told who does not answer, which then counts as if it took no time
     */
    public static Pace at(
            FailoverFacts facts,
            Function<ServerSettings, Host> hosts,
            Ticks ticks,
            Duration limit,
            Consumer<String> doubts) {
        return new PaceLook(facts, ticks, limit, doubts).pace(hosts);
    }

    private Pace pace(Function<ServerSettings, Host> hosts) {
        Map<ServerId, Duration> logins = new HashMap<>();
        Map<ServerId, Duration> questions = new HashMap<>();
        for (Replica replica : facts.tree().replicas()) {
            try {
                AnswerTime time = AnswerTime.of(facts.app().of(replica.id()), ticks, Deadline.in(limit, ticks));
                logins.put(replica.id(), time.login());
                questions.put(replica.id(), time.question());
            } catch (MhaException e) {
                doubts.accept("How fast " + replica.id() + " answers is not known: " + e.getMessage());
            }
        }
        return new Pace(logins, questions, command(hosts));
    }

    /** The second of two, because the first one may have to log in. */
    private Optional<Duration> command(Function<ServerSettings, Host> hosts) {
        if (!facts.sshReachable()) {
            return Optional.empty();
        }
        Host host = hosts.apply(facts.app().of(facts.tree().source()));
        try {
            host.run(List.of("true"), Deadline.in(limit, ticks));
            long start = ticks.nanos();
            host.run(List.of("true"), Deadline.in(limit, ticks));
            return Optional.of(Duration.ofNanos(ticks.nanos() - start));
        } catch (MhaException e) {
            doubts.accept("How fast the dead master's host answers is not known: " + e.getMessage());
            return Optional.empty();
        }
    }
}
