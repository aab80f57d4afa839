package io.mha4j.execution.resume;

import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.base.MhaException;
import io.mha4j.base.Sleeper;
import io.mha4j.base.Ticks;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.execution.Sessions;
import io.mha4j.mysql.ReplicationControl;
import io.mha4j.report.EventLog;
import io.mha4j.topology.Replica;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Takes back a failover that has only stopped receivers: replicas that received when it began receive again. */
public final class Undoing {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final FailoverFacts facts;
    private final Sessions sessions;
    private final EventLog log;
    private final Ticks ticks;
    private final Sleeper sleeper;

    public Undoing(FailoverFacts facts, Sessions sessions, EventLog log, Ticks ticks, Sleeper sleeper) {
        this.facts = facts;
        this.sessions = sessions;
        this.log = log;
        this.ticks = ticks;
        this.sleeper = sleeper;
    }

    /**
     * Starts replication where it was stopped, and tells so; a replica where that fails keeps no other waiting.
     *
     * @return where it failed, one sentence each
     */
    public List<String> run() {
        return facts.tree().replicas().stream()
                .filter(replica -> !replica.status().receiver().word().equals("No"))
                .flatMap(replica -> start(replica).stream())
                .toList();
    }

    private Optional<String> start(Replica replica) {
        try {
            Deadline deadline = Deadline.in(LIMIT, ticks);
            ReplicationControl control = new ReplicationControl(
                    sessions.of(replica.id(), deadline), replica.status().channel(), sleeper);
            boolean stopped = control.status(deadline)
                    .filter(s -> !s.receiver().running())
                    .isPresent();
            if (stopped) {
                control.startReplication(deadline);
                log.info("{}: replication runs again", replica.id());
            }
            return Optional.empty();
        } catch (InterruptedWork e) {
            throw e;
        } catch (MhaException e) {
            String left = replica.id() + ": replication was stopped and could not be started: " + e.getMessage();
            log.error("{}", left);
            return Optional.of(left);
        }
    }
}
