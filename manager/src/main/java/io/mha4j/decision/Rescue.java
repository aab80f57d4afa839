package io.mha4j.decision;

import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.Gtids;
import io.mha4j.config.ServerSettings.UnreadableTail;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What was saved of the old source's events, what can still be tried, and whom it can level. Sources of events, in this
 * order: the old source's binary log over SSH; with GTIDs another replica, by replication; relay logs of the replicas that
 * received most.
 */
final class Rescue {
    private final FailoverFacts facts;
    private final List<Candidate> field;
    private final List<Candidate> latest;
    private final Origins origins;
    private final Optional<Step> search;
    private final List<Step> attempts;
    private final Optional<StepResult.Saved> first;
    private final Optional<StepResult.Saved> saved;

    /**
     * @param field     every replica whose receiver has stopped
     * @param latest    those of it that received most
     * @param origins   whose transactions they have
     */
    Rescue(FailoverFacts facts, List<Candidate> field, List<Candidate> latest, Origins origins) {
        this.facts = facts;
        this.field = List.copyOf(field);
        this.latest = List.copyOf(latest);
        this.origins = origins;
        this.search = search();
        this.attempts = attempts();
        this.first = chosen();
        this.saved = withRest();
    }

    /** One whose reading broke off before what replicas have counts only when no other attempt is left. */
    private Optional<StepResult.Saved> chosen() {
        List<StepResult.Saved> all = attempts.stream()
                .flatMap(s -> facts.progress().result(s, StepResult.Saved.class).stream())
                .toList();
        boolean tried = attempts.stream().allMatch(s -> facts.progress().ended(s));
        return all.stream()
                .filter(t -> !t.damaged() || reachesReplicas(t))
                .findFirst()
                .or(() -> all.stream().filter(t -> tried).findFirst());
    }

    /** What was written after the first reading, once that was read; a second one that broke off takes nothing away. */
    private Optional<StepResult.Saved> withRest() {
        return rest().flatMap(s -> facts.progress().result(s, StepResult.Saved.class))
                .filter(t -> !t.damaged() || reachesReplicas(t))
                .or(() -> first);
    }

    /**
     * Once more, from where it ended: its server could write to the log after that, and has been ended since; not before it was read
     * where SSH was dead at first.
     */
    private Optional<Step> rest() {
        boolean fencedLate = !facts.sshReachable() && isFenced() && !mayHaveComeBack();
        boolean ended = endedByScript() || endedWhileWatched() || fencedLate;
        return first.filter(t -> facts.hostAnswered() && mayHaveGrown(t) && ended)
                .map(t -> new Step.SaveTail(facts.oldSource(), t.end(), Optional.of(t.archive())));
    }

    private boolean mayHaveGrown(StepResult.Saved tail) {
        boolean goneBefore = facts.sshReachable() && isFenced();
        return tail.writer() == StepResult.Writer.ALIVE
                || (tail.writer() == StepResult.Writer.UNKNOWN && !goneBefore)
                || mayHaveComeBack();
    }

    private boolean isFenced() {
        return fenced(new Step.Fence(facts.oldSource()))
                .filter(StepResult.Fenced::proven)
                .isPresent();
    }

    private boolean mayHaveComeBack() {
        Step await = new Step.AwaitFence(facts.oldSource());
        return facts.progress().ended(await)
                && fenced(await).map(StepResult.Fenced::cameBack).orElse(true);
    }

    private Optional<StepResult.Fenced> fenced(Step step) {
        return facts.progress().result(step, StepResult.Fenced.class);
    }

    /** That its host is off need not be true of a host that still answers. */
    private boolean endedByScript() {
        return facts.progress()
                .result(new Step.ShutDown(facts.oldSource(), facts.sshReachable()), StepResult.HookAnswer.class)
                .filter(answer -> !answer.equals(StepResult.HookAnswer.NO_HOOK))
                .isPresent();
    }

    private boolean endedWhileWatched() {
        return fenced(new Step.AwaitFence(facts.oldSource()))
                .filter(StepResult.Fenced::gone)
                .isPresent();
    }

    /** With GTIDs there may be replicas that do not say how far they are; from what they have executed that can be found. */
    private Optional<Step> search() {
        List<Candidate> lost = withoutPlace();
        List<Gtids> executed = lost.stream().flatMap(c -> c.executed().stream()).toList();
        return !facts.usesGtids() || !readable() || lost.isEmpty() || executed.size() < lost.size()
                ? Optional.empty()
                : Optional.of(new Step.FindTail(
                        facts.oldSource(), executed.stream().distinct().toList()));
    }

    private List<Candidate> withoutPlace() {
        return field.stream().filter(c -> c.status().applied().isEmpty()).toList();
    }

    private Optional<StepResult.Found> found() {
        return search.flatMap(s -> facts.progress().result(s, StepResult.Found.class));
    }

    private Optional<BinlogPosition> foundPlace() {
        return found().map(StepResult.Found::from);
    }

    private boolean readable() {
        return (reachable() || onUnreadable() == UnreadableTail.RETRY)
                && facts.wishes().saveTail();
    }

    private boolean reachable() {
        return facts.hostAnswered() || !facts.app().binlogHosts().isEmpty();
    }

    private UnreadableTail onUnreadable() {
        return facts.settings(facts.oldSource()).policy().unreadableTail();
    }

    private boolean mustBeRead() {
        return onUnreadable() == UnreadableTail.STOP && facts.wishes().saveTail();
    }

    /** Why the old source's binary log, without which the operator wants nobody promoted, cannot be read, as is known from the beginning. */
    Optional<Refusal> impossible() {
        return mustBeRead() && !reachable()
                ? Optional.of(new Refusal.TailUnreachable(facts.oldSource()))
                : Optional.empty();
    }

    /** Why it was not read to its end, where nobody is to be promoted then; empty while that can be tried. What came meanwhile does not count. */
    Optional<String> missing() {
        return mustBeRead()
                ? first.map(t -> t.damaged() ? Optional.of(damage(t)) : Optional.<String>empty())
                        .orElseGet(this::tailFailure)
                : Optional.empty();
    }

    private static String damage(StepResult.Saved tail) {
        return "it was read to " + tail.readTo() + ", where it is damaged: "
                + tail.cutOff().orElse("unreadable") + "; saved as " + tail.archive();
    }

    /**
     * Ways to save the old source's binary log, from its host or from copies: first from where the least advanced replica
     * stands; then, since old log files may be gone, from where the most advanced one does. Nobody waits while that is
     * copied which a replica holds back on purpose.
     */
    private List<Step> attempts() {
        if (!readable()) {
            return List.of();
        }
        List<BinlogPosition> all = places(field.stream());
        List<BinlogPosition> prompt =
                places(field.stream().filter(c -> c.status().delay().isZero()));
        return Stream.of((prompt.isEmpty() ? all : prompt).stream().min(Comparator.naturalOrder()), furthest(all))
                .flatMap(Optional::stream)
                .distinct()
                .map(from -> (Step) new Step.SaveTail(facts.oldSource(), from))
                .toList();
    }

    /** How far they are, and what was found of those that do not say it. */
    private List<BinlogPosition> places(Stream<Candidate> replicas) {
        return Stream.concat(foundPlace().stream(), replicas.flatMap(c -> c.status().applied().stream()))
                .toList();
    }

    private static Optional<BinlogPosition> furthest(List<BinlogPosition> places) {
        return places.stream().max(Comparator.naturalOrder());
    }

    /** The next attempt to save the old source's binary log; empty when it is saved, none is left, or it can be given to nobody any more. */
    Optional<Step> nextTail() {
        return saved.isPresent() || facts.progress().promotionBegun()
                ? Optional.empty()
                : Stream.concat(search.stream(), attempts.stream())
                        .filter(s -> !facts.progress().ended(s))
                        .findFirst();
    }

    /** The second reading of what the first could not see; empty when it ended, or there is nothing to be seen. */
    Optional<Step> nextRest() {
        return rest().filter(s -> !facts.progress().ended(s));
    }

    /** What was saved, good for levelling or not. */
    Optional<StepResult.Saved> saved() {
        return saved;
    }

    /** Why the old source's binary log was not saved; empty while that can still be tried. */
    Optional<String> tailFailure() {
        if (saved.isPresent() || nextTail().isPresent()) {
            return Optional.empty();
        }
        if (!facts.wishes().saveTail()) {
            return Optional.of("--skip_save_master_binlog was given");
        }
        String unreached =
                facts.sshReachable() ? "no replica says how far it is in it" : "SSH to its host does not answer";
        return Optional.of(Stream.concat(search.stream(), attempts.stream())
                .flatMap(s -> facts.progress().failures().filter(f -> f.step().equals(s)))
                .reduce((first, last) -> last)
                .map(Outcome.Failed::why)
                .orElse(unreached));
    }

    /**
     * What was saved of the old source's binary log, if all that was read of it goes as far as any replica: else the log
     * lost its end, and replicas have more.
     */
    Optional<StepResult.Saved> tail() {
        return saved.filter(t -> reachesReplicas(t) && reachesThoseWithoutPlace(t));
    }

    private boolean reachesReplicas(StepResult.Saved tail) {
        return furthest(field.stream()
                        .flatMap(c -> Stream.concat(c.status().applied().stream(), c.read().stream()))
                        .toList())
                .map(tail::reaches)
                .orElse(true);
    }

    /** Their places cannot be compared, but by GTID what they received can, with all that is in the log up to its end. */
    private boolean reachesThoseWithoutPlace(StepResult.Saved tail) {
        Optional<Gtids> before = found().filter(f -> f.from().equals(tail.start()))
                .map(StepResult.Found::before)
                .or(() -> field.stream()
                        .filter(c -> c.status().applied().equals(Optional.of(tail.start())))
                        .flatMap(c -> c.executed().stream())
                        .findFirst());
        Optional<Gtids> log =
                before.map(b -> tail.gtids().map(g -> Gtids.union(b, g)).orElse(b));
        return !facts.usesGtids()
                || withoutPlace().stream()
                        .flatMap(c -> origins.ofSource(c).stream())
                        .allMatch(received ->
                                log.filter(l -> reaches(l, received)).isPresent());
    }

    /** What a replica has from a server that wrote nothing in that log may have come to it before the log began. */
    private static boolean reaches(Gtids log, Gtids received) {
        return log.covers(log.isEmpty() ? received : Gtids.sameOrigins(received, log));
    }

    /**
     * The tail, if one that stands at {@code place} can go on from it. Where that is not known, with GTIDs one can that has
     * {@code everything} that was received of the old source's, since the tail begins no later; else as far as its place was found.
     */
    Optional<StepResult.Saved> tailFrom(Optional<BinlogPosition> place, boolean everything) {
        boolean hasAll = everything && place.isEmpty() && facts.usesGtids();
        return tail().filter(t -> hasAll
                || place.or(this::foundPlace)
                        .filter(p -> p.isAtOrAfter(t.start()))
                        .isPresent());
    }

    /**
     * With GTIDs another replica that one which lacks something can fetch it from: it received everything, logs what it applies, and
     * has not purged what that one lacks, be it from elsewhere: it would give it nothing at all (error 1236). Not one that lets
     * {@code repl_user} in as little as clients (error 3032): its relay log can be had all the same.
     *
     * @param spent those who failed in this run already
     */
    Optional<Candidate> helper(Candidate lacking, Set<ServerId> spent) {
        return !facts.usesGtids() || isLatest(lacking)
                ? Optional.empty()
                : latest.stream()
                        .filter(l -> l.logsWhatItApplies() && !l.facts().offline() && !spent.contains(l.id()))
                        .filter(l -> l.facts()
                                .purged()
                                .map(gone -> hasAll(lacking, gone))
                                .orElse(true))
                        .findFirst();
    }

    private static boolean hasAll(Candidate c, Gtids wanted) {
        return c.received().filter(has -> has.covers(wanted)).isPresent();
    }

    /** Whether a replica can get, or has, everything that anybody received or that was saved; hopes count until they fail. */
    boolean canLevel(Candidate c) {
        return (needsNothing(c) && tail().isEmpty())
                || nextTail().isPresent()
                || tailFrom(c.status().applied(), needsNothing(c)).isPresent()
                || relayHope(c);
    }

    /** Whether no replica received more or, with GTIDs, at least none received more of the old source's. */
    boolean needsNothing(Candidate c) {
        return isLatest(c) || (facts.usesGtids() && origins.hasAllOfSource(c));
    }

    /** Whether no replica received more. */
    boolean isLatest(Candidate c) {
        return latest.stream().anyMatch(l -> l.id().equals(c.id()));
    }

    private boolean relayHope(Candidate c) {
        Optional<BinlogPosition> place = ownLogApplied(c.id());
        if (place.isEmpty()) {
            // Who does not know how far it is now will not know it later, and cannot be given the rest of a relay log.
            return tailFrom(c.read(), needsNothing(c)).isPresent()
                    || (c.read().isPresent() && relays(c.id()).findAny().isPresent());
        }
        return tailFrom(place, false).isPresent()
                || nextRelayLog(c.id(), place.get()).isPresent()
                || relayLog(c.id(), place.get())
                        .filter(r -> tail().isEmpty()
                                || tailFrom(Optional.of(r.end()), false).isPresent())
                        .isPresent();
    }

    /** How far a replica is in the old source's binary log after its own relay log was executed, if that was done. */
    Optional<BinlogPosition> ownLogApplied(ServerId server) {
        return facts.progress()
                .result(new Step.ApplyRelayLog(server), StepResult.ReplicaAt.class)
                .flatMap(at -> at.status().applied());
    }

    /** What a most advanced replica received from {@code place} on, once it has been saved. */
    Optional<StepResult.Saved> relayLog(ServerId asker, BinlogPosition place) {
        return relayLogs(asker, place)
                .flatMap(s -> facts.progress().result(s, StepResult.Saved.class).stream())
                .findFirst();
    }

    /** The next attempt to save that; empty when it is saved or none is left. */
    Optional<Step> nextRelayLog(ServerId asker, BinlogPosition place) {
        return relayLog(asker, place).isPresent()
                ? Optional.empty()
                : relayLogs(asker, place)
                        .filter(s -> !facts.progress().ended(s))
                        .findFirst();
    }

    private Stream<Step> relayLogs(ServerId asker, BinlogPosition place) {
        return relays(asker).map(l -> new Step.SaveRelayLog(l.id(), place));
    }

    private Stream<Candidate> relays(ServerId asker) {
        return latest.stream().filter(l -> !l.id().equals(asker));
    }

    /** Those whose relay logs could not be saved, nor another's in their place, in section order. */
    List<ServerId> unsaved() {
        return facts.progress()
                .failures()
                .flatMap(f -> f.step() instanceof Step.SaveRelayLog save ? Stream.of(save) : Stream.empty())
                .filter(save -> latest.stream()
                        .noneMatch(l -> facts.progress().finished(new Step.SaveRelayLog(l.id(), save.from()))))
                .map(Step.SaveRelayLog::server)
                .distinct()
                .sorted()
                .toList();
    }

    /** Every attempt that failed, for the explanation; those side by side in an order that a resumed run gives too. */
    List<String> failures() {
        List<String> failures = new ArrayList<>();
        tailFailure().ifPresent(why -> failures.add("the old source's binary log was not saved: " + why));
        facts.progress()
                .failures()
                .filter(f -> f.step() instanceof Step.SaveRelayLog)
                .map(f -> "relay logs of " + f.step().server() + " were not saved: " + f.why())
                .sorted()
                .forEach(failures::add);
        return failures;
    }
}
