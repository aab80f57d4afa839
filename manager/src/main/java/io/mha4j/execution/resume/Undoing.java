package io.mha4j.execution.resume;

import io.mha4j.base.Deadline;
import io.mha4j.base.ServerId;
import io.mha4j.base.Sleeper;
import io.mha4j.base.Ticks;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.execution.Sessions;
import io.mha4j.mysql.ReplicationControl;
import io.mha4j.topology.Replica;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Takes back a failover that has only stopped receivers: replicas that received when it began receive again. */
public final class Undoing {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final FailoverFacts facts;
    private final Sessions sessions;
    private final Ticks ticks;
    private final Sleeper sleeper;

    public Undoing(FailoverFacts facts, Sessions sessions, Ticks ticks, Sleeper sleeper) {
        this.facts = facts;
        this.sessions = sessions;
        this.ticks = ticks;
        this.sleeper = sleeper;
    }

    /**
     * Starts replication where it was stopped.
     *
     * @return whose replication was started
     * @throws io.mha4j.base.MhaException if a replica cannot be reached, or its threads do not run in time
     */
    public List<ServerId> run() {
        List<ServerId> started = new ArrayList<>();
        for (Replica replica : facts.tree().replicas()) {
            if (replica.status().receiver().word().equals("No")) {
                continue;
            }
            Deadline deadline = Deadline.in(LIMIT, ticks);
            ReplicationControl control = new ReplicationControl(
                    sessions.of(replica.id(), deadline), replica.status().channel(), sleeper);
            boolean stopped = control.status(deadline)
                    .filter(s -> !s.receiver().running())
                    .isPresent();
            if (stopped) {
                control.startReplication(deadline);
                started.add(replica.id());
            }
        }
        return List.copyOf(started);
    }
}
