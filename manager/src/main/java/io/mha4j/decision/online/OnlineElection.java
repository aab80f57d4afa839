package io.mha4j.decision.online;

import io.mha4j.base.ServerId;
import io.mha4j.binlog.GtidSet;
import io.mha4j.binlog.Gtids;
import io.mha4j.config.ServerSettings;
import io.mha4j.decision.Ballot;
import io.mha4j.decision.Ballot.Card;
import io.mha4j.decision.Ballot.Finding;
import io.mha4j.decision.FailoverWishes.HostPort;
import io.mha4j.topology.Replica;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who becomes the source in an online switch: the named one, else the first with {@code candidate_master=1}, else the
 * first, in section order; of those that nothing speaks against. Everybody counts as latest, because writes will stop
 * (MHA 0.58, {@code MasterRotate.pm}).
 */
public final class OnlineElection {
    private final OnlineFacts facts;

    private OnlineElection(OnlineFacts facts) {
        this.facts = facts;
    }

    /** Holds the election. */
    public static Ballot ballot(OnlineFacts facts) {
        return new OnlineElection(facts).decide();
    }

    private Ballot decide() {
        List<Replica> field = facts.tree().replicas();
        List<Card> cards = field.stream().map(this::card).toList();
        Optional<HostPort> wanted = facts.wishes().newSource();
        List<ServerId> eligible =
                cards.stream().filter(Card::eligible).map(Card::server).toList();
        Optional<ServerId> winner = wanted.isPresent()
                ? first(
                        eligible,
                        s -> s.host().equals(wanted.get().host())
                                && s.port() == wanted.get().port())
                : first(eligible, s -> facts.settings(s).roles().preferred()).or(() -> first(eligible, s -> true));
        return new Ballot(
                winner,
                winner.map(w -> reason(w, wanted)).orElse("nobody is eligible"),
                field.stream().map(Replica::id).toList(),
                cards,
                winner.stream().toList());
    }

    private static Optional<ServerId> first(List<ServerId> from, Predicate<ServerId> wanted) {
        return from.stream().filter(wanted).findFirst();
    }

    private String reason(ServerId winner, Optional<HostPort> wanted) {
        if (wanted.isPresent()) {
            return "asked for on the command line";
        }
        return facts.settings(winner).roles().preferred() ? "candidate_master=1" : "first by section order";
    }

    private Card card(Replica replica) {
        ServerSettings settings = facts.settings(replica.id());
        boolean logs = replica.facts().binlog().isPresent();
        boolean newer = facts.tree().newerThanAnother(replica);
        long delay = replica.status().delay().toSeconds();
        List<Finding> findings = new ArrayList<>();
        findings.add(finding("no_master", !settings.roles().barred(), "no_master=1", "allowed"));
        if (replica.facts().offline()) {
            findings.add(new Ballot.Finding("offline_mode", false, "offline_mode is on"));
        }
        findings.add(finding("log_bin", logs, "log_bin is off", "on"));
        findings.add(finding(
                "version",
                !newer,
                "version " + replica.facts().version() + " is newer than another replica's",
                replica.facts().version().text()));
        findings.add(finding("delay", delay == 0, "delayed by " + delay + " s", "none"));
        findings.add(logsUpdates(replica));
        findings.add(errant(replica));
        return new Card(replica.id(), findings);
    }

    /** With GTIDs the others ask the new source for what they lack; a lower tier always lives on it. */
    private Finding logsUpdates(Replica replica) {
        boolean needed = facts.tree().mode().usesGtids() || facts.tree().hasLowerTierBelow(replica.id());
        boolean logs =
                replica.facts().binlog().filter(b -> b.logReplicaUpdates()).isPresent();
        return finding("log_slave_updates", logs || !needed, "log_slave_updates is off", logs ? "on" : "not needed");
    }

    /** Transactions of its own that the source lacks: promoted, it would hand them to everybody. */
    private Finding errant(Replica replica) {
        Optional<Gtids> done = replica.facts().executed();
        Gtids known = facts.source().executed().orElse(GtidSet.EMPTY);
        if (done.isEmpty() || done.get().getClass() != known.getClass()) {
            return finding("errant", true, "", "not known");
        }
        Optional<Gtids> alone = replica.facts()
                .written(done.get())
                .map(own -> Gtids.minus(own, known))
                .filter(left -> !left.isEmpty());
        return finding(
                "errant",
                alone.isEmpty(),
                alone.map(own -> "errant transactions " + own).orElse(""),
                "none");
    }

    private static Finding finding(String rule, boolean passed, String objection, String fine) {
        return new Finding(rule, passed, passed ? fine : objection);
    }
}
