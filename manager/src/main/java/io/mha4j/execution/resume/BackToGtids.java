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
import io.mha4j.topology.ReplicaStatus;
import java.time.Duration;
import java.util.Optional;

/**
 * After a failover that did not happen: replicas of MariaDB that positioned by GTID, and went over to file and position to execute
 * what they had received, come back. One of them left there would make the next failover go by file and position.
 */
public final class BackToGtids {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final FailoverFacts facts;
    private final Sessions sessions;
    private final EventLog log;
    private final Ticks ticks;
    private final Sleeper sleeper;

    public BackToGtids(FailoverFacts facts, Sessions sessions, EventLog log, Ticks ticks, Sleeper sleeper) {
        this.facts = facts;
        this.sessions = sessions;
        this.log = log;
        this.ticks = ticks;
        this.sleeper = sleeper;
    }

    /** Tells of each that came back, or could not: it still executes what it received, which a change would throw away. */
    public void run() {
        facts.tree().replicas().stream()
                .filter(r -> r.facts().version().isMariadb() && r.status().autoPosition())
                .forEach(this::bringBack);
    }

    private void bringBack(Replica replica) {
        Deadline deadline = Deadline.in(LIMIT, ticks);
        try {
            ReplicationControl control = new ReplicationControl(
                    sessions.of(replica.id(), deadline), replica.status().channel(), sleeper);
            Optional<ReplicaStatus> now = control.status(deadline);
            if (now.filter(s -> isAway(s, replica.status())).isPresent()) {
                control.returnToGtids(now.get(), deadline);
                log.info("{} positions by GTID again; its replication is stopped, as it was", replica.id());
            }
        } catch (InterruptedWork e) {
            throw e;
        } catch (MhaException e) {
            log.warning(
                    "{} may still position by file, not by GTID as before: {}. Once it has executed all that it received: STOP"
                            + " SLAVE; CHANGE MASTER TO MASTER_USE_GTID=slave_pos",
                    replica.id(),
                    e.getMessage());
        }
    }

    private static boolean isAway(ReplicaStatus now, ReplicaStatus before) {
        return !now.autoPosition()
                && now.pointsAs(before)
                && now.receiver().word().equals("No");
    }
}
