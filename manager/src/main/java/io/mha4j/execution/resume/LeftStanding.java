package io.mha4j.execution.resume;

import io.mha4j.base.MhaException;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.execution.level.SqlMarks;
import io.mha4j.report.EventLog;
import io.mha4j.topology.Replica;
import java.util.stream.Collectors;

/** What people must know of replicas when a failover broke off before anybody else was opened, should the old source live. */
public final class LeftStanding {
    private final FailoverFacts facts;
    private final EventLog log;

    public LeftStanding(FailoverFacts facts, EventLog log) {
        this.facts = facts;
        this.log = log;
    }

    /** A source that only stood still goes on unseen: nobody receives from it. */
    public void tell() {
        String receivers = facts.tree().replicas().stream()
                .filter(r -> !r.status().receiver().word().equals("No"))
                .map(r -> r.id().toString())
                .collect(Collectors.joining(", "));
        if (!receivers.isEmpty()) {
            log.warning(
                    "The IO threads of {} were stopped; should {} live, start them again: START SLAVE IO_THREAD",
                    receivers,
                    facts.tree().source());
        }
        if (!facts.tree().mode().usesGtids()) {
            SqlMarks marks = new SqlMarks(facts, log);
            facts.tree().allReplicas().forEach(r -> tellGiven(marks, r));
        }
    }

    /** The end of a failover that broke off is told, whatever becomes of this. */
    private void tellGiven(SqlMarks marks, Replica replica) {
        try {
            marks.caution(replica.id(), replica.status()).ifPresent(known -> log.warning("{}", known));
        } catch (MhaException e) {
            log.warning(
                    "{}: whether it was given events by SQL that its status does not show is not known: {}; see to that before any"
                            + " of its threads is started",
                    replica.id(),
                    e.getMessage());
        }
    }
}
