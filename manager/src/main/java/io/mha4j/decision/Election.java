package io.mha4j.decision;

import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.topology.ManagedTree;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who becomes the source: MHA's precedence (candidate_master, latest_priority, section order) over who may at all. Where
 * latest_priority counts, among those that have not received all, who acknowledged the old source's commits comes first.
 */
final class Election {
    private final FailoverFacts facts;
    private final List<Candidate> field;
    private final Origins origins;
    private final List<Candidate> latest;
    private final Set<ServerId> spent;
    private final Rescue rescue;
    private final Ballot ballot;

    /**
     * Holds the election.
     *
     * @param field every living replica, in section order
     */
    Election(FailoverFacts facts, List<Candidate> field) {
        this.facts = facts;
        this.field = List.copyOf(field);
        this.origins = new Origins(facts, this.field);
        this.latest = facts.usesGtids() ? latestByGtid() : latestByPosition();
        this.spent = Field.spent(facts, latest);
        this.rescue = new Rescue(facts, this.field, latest, origins);
        ElectionRules.History history = new ElectionRules.History(
                facts.usesGtids(),
                origins,
                facts.tree().hasOneHeir(),
                facts.wishes().newSource(),
                facts.tree().lowerTiers().stream()
                        .map(ManagedTree.LowerTier::follows)
                        .collect(Collectors.toSet()),
                facts.progress().outcomes().stream().anyMatch(o -> o.step() instanceof Step.WithdrawAddress));
        ElectionRules rules = new ElectionRules(this.field, latest, spent, history, rescue);
        List<Ballot.Card> cards = this.field.stream().map(rules::cardOf).toList();
        this.ballot = decide(cards);
    }

    Ballot ballot() {
        return ballot;
    }

    Rescue rescue() {
        return rescue;
    }

    Origins origins() {
        return origins;
    }

    /** Those who failed in this run already. */
    Set<ServerId> spent() {
        return spent;
    }

    /** Whom a replica can fetch from what it lacks, if it lacks anything. */
    Optional<Candidate> helper(ServerId server) {
        return firstOf(field, c -> c.id().equals(server)).flatMap(c -> rescue.helper(c, spent));
    }

    boolean isLatest(ServerId server) {
        return latest.stream().anyMatch(c -> c.id().equals(server));
    }

    /** Whether it can do without what others received. */
    boolean needsNothing(ServerId server) {
        return firstOf(field, c -> c.id().equals(server))
                .filter(rescue::needsNothing)
                .isPresent();
    }

    private List<Candidate> latestByPosition() {
        Optional<BinlogPosition> furthest =
                field.stream().flatMap(c -> c.read().stream()).max(Comparator.naturalOrder());
        return field.stream()
                .filter(c -> furthest.isPresent() && c.read().equals(furthest))
                .toList();
    }

    /**
     * Everybody that has all that anybody was given. What the old source is not known to have had keeps nobody from being the
     * source: it does not count where no replica has all, nor for one that could not get it from another. When each lacks
     * something that the old source had, nobody is.
     */
    private List<Candidate> latestByGtid() {
        return field.stream().noneMatch(origins::hasAllGiven)
                ? field.stream().filter(origins::hasAllOfSource).toList()
                : field.stream()
                        .filter(c -> origins.hasAllGiven(c)
                                || (origins.hasAllOfSource(c) && Field.didNotCatchUp(facts, c.id())))
                        .toList();
    }

    private Ballot decide(List<Ballot.Card> cards) {
        List<ServerId> latestIds = latest.stream().map(Candidate::id).toList();
        Optional<FailoverWishes.HostPort> forced = facts.wishes().newSource();
        List<Candidate> order = forced.isPresent() ? forced(forced.get(), cards) : automatic(cards);
        Optional<Candidate> winner = settled().or(() -> order.stream().findFirst());
        String reason = winner.map(w -> forced.isPresent() ? "asked for on the command line" : reason(w))
                .orElse("nobody is eligible");
        return new Ballot(
                winner.map(Candidate::id),
                reason,
                latestIds,
                cards,
                order.stream().map(Candidate::id).toList());
    }

    /** Who is being opened, or is open: from then on nothing that is learned may call for another one. */
    private Optional<Candidate> settled() {
        return firstOf(field, c -> facts.progress().finished(new Step.ReadCoordinates(c.id())));
    }

    private List<Candidate> forced(FailoverWishes.HostPort wanted, List<Ballot.Card> cards) {
        return field.stream()
                .filter(c -> c.id().host().equals(wanted.host()) && c.id().port() == wanted.port())
                .filter(c -> eligible(c, cards))
                .toList();
    }

    /** All who may be, the best one first. */
    private List<Candidate> automatic(List<Ballot.Card> cards) {
        boolean preferLatest = prefersLatest();
        List<Candidate> nearest = Stream.concat(
                        preferLatest ? latest.stream() : Stream.empty(),
                        preferLatest ? acknowledgersFirst().stream() : field.stream())
                .distinct()
                .filter(c -> eligible(c, cards))
                .toList();
        Predicate<Candidate> preferred = c -> c.settings().roles().preferred();
        return Stream.concat(
                        nearest.stream().filter(preferred), nearest.stream().filter(preferred.negate()))
                .toList();
    }

    private boolean prefersLatest() {
        return latest.stream()
                .findFirst()
                .map(c -> c.settings().policy().latestPriority())
                .orElse(false);
    }

    private List<Candidate> acknowledgersFirst() {
        return field.stream()
                .sorted((a, b) -> Boolean.compare(b.acknowledges(), a.acknowledges()))
                .toList();
    }

    private static boolean eligible(Candidate c, List<Ballot.Card> cards) {
        return cards.stream().anyMatch(card -> card.server().equals(c.id()) && card.eligible());
    }

    private static Optional<Candidate> firstOf(List<Candidate> from, Predicate<Candidate> wanted) {
        return from.stream().filter(wanted).findFirst();
    }

    private String reason(Candidate winner) {
        boolean first = !prefersLatest() || isLatest(winner.id()) || !winner.acknowledges();
        String order = first ? "first by section order" : "acknowledged the old source's commits";
        String wish = winner.settings().roles().preferred() ? "candidate_master=1" : order;
        return wish + (isLatest(winner.id()) ? " and has everything that was received" : "; it will catch up first");
    }
}
