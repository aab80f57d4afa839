package io.mha4j.execution;

import io.mha4j.decision.Ballot;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.Next;
import io.mha4j.decision.Outcome;
import io.mha4j.decision.Phase;
import io.mha4j.decision.Step;
import io.mha4j.decision.StepResult;
import io.mha4j.report.EventLog;
import io.mha4j.report.FailoverReport;

/** Tells a failover to the log: MHA's headings, who was elected and why not the others, each step and how it ended. */
public final class Story {
    /** Begins every failover. */
    public static final String FIRST_HEADING = Headings.first();

    private final EventLog log;
    private final FailoverReport report;
    private final FailoverFacts facts;
    private final Headings headings;
    private boolean ballotTold;

    /** A story told to the log while it happens, and to the report that is printed at the end. */
    public Story(EventLog log, FailoverReport report, FailoverFacts facts) {
        this.log = log;
        this.report = report;
        this.facts = facts;
        this.headings = Headings.of(facts.tree().mode().usesGtids());
    }

    void begins(Next.Run group, Ballot ballot) {
        headings.upTo(group.phase()).forEach(log::info);
        if (group.phase().compareTo(Phase.LEVEL) >= 0 && !ballotTold) {
            tell(ballot);
            ballotTold = true;
        }
    }

    private void tell(Ballot ballot) {
        log.info("Latest slaves (those that received binlog/GTID events to the latest):");
        ballot.latest().forEach(server -> log.info("  {}", server));
        for (Ballot.Card card : ballot.cards()) {
            if (card.eligible()) {
                log.info("{} can be the new master: {}", card.server(), card.grounds());
            } else {
                log.info("{} cannot be the new master: {}", card.server(), card.objections());
            }
        }
        ballot.winner().ifPresent(w -> log.info("New master is {}: {}", w, ballot.reason()));
    }

    void ended(Outcome outcome) {
        report.tell(outcome);
        if (outcome instanceof Outcome.Failed failed) {
            log.error("{} failed: {}", StepWords.of(failed.step()), failed.why());
        } else if (outcome instanceof Outcome.Finished finished) {
            log.info("{}{}", StepWords.of(finished.step()), result(finished));
            if (finished.step() instanceof Step.ReadCoordinates read
                    && finished.result() instanceof StepResult.Coordinates here) {
                // A server with GTIDs tells them also where its replicas go by file and position.
                StepResult.Coordinates place = new StepResult.Coordinates(
                        here.end(),
                        here.executed().filter(g -> facts.tree().mode().usesGtids()));
                log.info("{}", StepWords.marker(facts.app().of(read.server()), place));
            }
        }
    }

    private static String result(Outcome.Finished finished) {
        if (finished.result() instanceof StepResult.HookAnswer answer) {
            return answer.exitStatus() < 0
                    ? ": no script is set, nothing done"
                    : ": exit status " + answer.exitStatus();
        }
        if (finished.result() instanceof StepResult.ReplicaAt at) {
            return ": received up to "
                    + at.status().read().map(Object::toString).orElse("nothing") + ", executed up to "
                    + at.status().applied().map(Object::toString).orElse("nothing")
                    + at.executed().map(g -> ", GTIDs " + g).orElse("");
        }
        if (finished.result() instanceof StepResult.Fenced fenced) {
            return ": " + fenced.clause();
        }
        return finished.result() instanceof StepResult.Coordinates here ? ": " + here.end() : ": ok";
    }
}
