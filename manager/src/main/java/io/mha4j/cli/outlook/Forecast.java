package io.mha4j.cli.outlook;

import io.mha4j.binlog.BinlogPosition;
import io.mha4j.cli.outlook.Outlook.Heir;
import io.mha4j.config.Application;
import io.mha4j.decision.Ballot;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.FailoverPlanner;
import io.mha4j.decision.FailoverWishes;
import io.mha4j.decision.Next;
import io.mha4j.decision.Progress;
import io.mha4j.decision.Refusal;
import io.mha4j.decision.check.Check;
import io.mha4j.decision.check.CheckFinding;
import io.mha4j.decision.rehearsal.Estimate;
import io.mha4j.decision.rehearsal.Pace;
import io.mha4j.decision.rehearsal.Rehearsal;
import io.mha4j.decision.rehearsal.StepEstimate;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.Replica;
import io.mha4j.topology.ServerFacts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the planner would make of the death of a master, with all else as a look saw it. No I/O. */
final class Forecast {
    private final FailoverFacts facts;
    private final Optional<String> unreached;
    private final Ballot ballot;

    /**
     * The failover that would come.
     *
     * @param unreached why the master's host does not answer over SSH
     * @param wishes    what the manager's command line asks of a failover
     */
    Forecast(Application app, ManagedTree tree, Optional<String> unreached, FailoverWishes wishes) {
        this.facts = new FailoverFacts(
                app,
                tree.ifSourceDied(),
                tree.sourceFacts(),
                Optional.empty(),
                unreached.isEmpty(),
                wishes,
                Progress.NONE);
        this.unreached = unreached;
        this.ballot = new FailoverPlanner().ballot(facts);
    }

    Ballot ballot() {
        return ballot;
    }

    /** Why it would be refused, where no finding says so already, in words that tell what to do about it. */
    Optional<String> refusal(List<CheckFinding> found) {
        return new FailoverPlanner().next(facts) instanceof Next.Refused no && !isFound(no.why(), found)
                ? Optional.of(no.why().sentence())
                : Optional.empty();
    }

    /** Each server that is missing or broken is a finding. */
    private static boolean isFound(Refusal no, List<CheckFinding> found) {
        return no instanceof Refusal.ServersUnfit
                || (no instanceof Refusal.NobodyElectable && has(Check.NO_CANDIDATE, found))
                || (no instanceof Refusal.FenceImpossible && has(Check.FENCE, found));
    }

    private static boolean has(Check check, List<CheckFinding> found) {
        return found.stream().anyMatch(f -> f.check() == check);
    }

    List<Heir> heirs() {
        return facts.tree().replicas().stream().map(this::heir).toList();
    }

    private Heir heir(Replica replica) {
        return new Heir(
                replica.id().toString(),
                ballot.card(replica.id()).map(Ballot.Card::objections).orElse(""),
                replica.status().lag().map(Duration::toSeconds),
                bytesBehind(replica));
    }

    /** Two looks at two moments: what was written between them does not count as lacking. */
    private Optional<Long> bytesBehind(Replica replica) {
        Optional<BinlogPosition> end =
                facts.lastSource().flatMap(ServerFacts::binlog).map(ServerFacts.OwnBinlog::end);
        return end.flatMap(e -> replica.status()
                .read()
                .filter(r -> r.file().equals(e.file()))
                .map(r -> Math.max(0, e.offset() - r.offset())));
    }

    /** For who measures how fast those answer that it would ask. */
    FailoverFacts facts() {
        return facts;
    }

    /** From its first step until the new master takes writes; empty if that does not come. */
    Optional<Estimate> time(Pace pace) {
        List<Next> plan = Rehearsal.plan(facts, save -> end(save.from()));
        StepEstimate estimate = new StepEstimate(facts, pace, () -> Duration.ZERO);
        return estimate.untilOpen(plan).map(e -> {
            List<String> more = estimate.uncounted(plan);
            return more.isEmpty()
                    ? Estimate.of(e.known())
                    : Estimate.of(e.known()).and(String.join(", ", more));
        });
    }

    private BinlogPosition end(BinlogPosition from) {
        return facts.lastSource()
                .flatMap(ServerFacts::binlog)
                .map(ServerFacts.OwnBinlog::end)
                .filter(end -> end.compareTo(from) > 0)
                .orElse(from);
    }

    /** What would be lost, one clause. */
    String loss() {
        String unreceived = "what no slave has received by then";
        if (!facts.wishes().saveTail()) {
            return unreceived + ", because of --skip_save_master_binlog";
        }
        String copies = facts.app().binlogHosts().isEmpty() ? "" : " and no [binlogN] host has";
        return unreached
                .map(why -> unreceived + copies + ", because the master's binary log could not be read: " + why)
                .orElse("nothing, if the master's binary log can still be read over SSH then");
    }
}
