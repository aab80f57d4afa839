package io.mha4j.decision;

import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.Gtids;
import io.mha4j.binlog.MariadbGtids;
import io.mha4j.decision.semisync.AckProof;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.Replica;
import io.mha4j.topology.ServerFacts;
import io.mha4j.topology.details.SourceStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Judges what may have been lost, from what was read of the old source and what the new one has. */
final class Verdict {
    private final FailoverFacts facts;
    private final Rescue rescue;
    private final Levelling levelling;
    private final Origins origins;
    private final ServerId newSource;
    private final StepResult.Fenced fence;
    private final boolean goneBefore;
    private final boolean unwatched;
    private final Optional<Instant> stoppedBy;
    private final Optional<String> mayHaveEndedItself;

    Verdict(Standing at) {
        this.facts = at.facts();
        this.rescue = at.rescue();
        this.levelling = at.levelling();
        this.origins = at.origins();
        this.newSource = at.newSource().orElseThrow();
        this.fence = at.fence();
        this.goneBefore = at.fencedBeforeReading();
        this.unwatched = at.unwatched();
        this.stoppedBy = at.stoppedBy();
        this.mayHaveEndedItself = at.whyMayHaveEndedItself();
    }

    LossVerdict judge() {
        LossVerdict losses = rescue.saved().map(this::fromTail).orElseGet(this::withoutTail);
        String end = "; " + fence.clause() + lackedByNewSource();
        if (losses instanceof LossVerdict.None none) {
            return new LossVerdict.None(none.how() + end);
        }
        String why = ((LossVerdict.Unknown) losses).why();
        return lost(why + end).or(() -> bySemiSync(why, end)).orElseGet(() -> new LossVerdict.Unknown(why + end));
    }

    /** What the old source is known to have executed while it was watched, and no replica has. */
    private Optional<LossVerdict> lost(String why) {
        Optional<Gtids> before = facts.lastSource().flatMap(ServerFacts::executed);
        Optional<Gtids> opened = opened().flatMap(StepResult.Coordinates::executed);
        Optional<Gtids> last =
                facts.lastStatus().filter(s -> !tellsOfWaiting(s)).flatMap(SourceStatus::executed);
        if (!facts.usesGtids() || before.isEmpty() || opened.isEmpty() || last.isEmpty()) {
            return Optional.empty();
        }
        List<Candidate> everybody = everybody();
        Gtids known = everybody.stream()
                .flatMap(c -> c.received().stream())
                .reduce(Gtids.union(before.get(), opened.get()), Gtids::union);
        Gtids lacking = withoutPassed(Gtids.minus(last.get(), known), everybody);
        String unread = unread();
        return lacking.isEmpty()
                ? Optional.empty()
                : Optional.of(new LossVerdict.Lost(
                        Gtids.count(lacking, known),
                        "no replica %shas %s, which the old source had executed by %s%s; %s"
                                .formatted(
                                        unread.isEmpty() ? "" : "that was read ",
                                        lacking,
                                        seenAt(),
                                        unread.isEmpty() ? "" : " (not read: " + unread + ")",
                                        why)));
    }

    /** Replicas as they were when they stopped receiving, and besides all that the sweep saw: one that was not stopped has that too. */
    private List<Candidate> everybody() {
        return Stream.concat(Field.stoppedReceivers(facts).stream(), Field.everybodySwept(facts).stream())
                .toList();
    }

    /** Who may have more than anybody knows. */
    private String unread() {
        Set<ServerId> read =
                Field.stoppedReceivers(facts).stream().map(Candidate::id).collect(Collectors.toSet());
        return Stream.concat(
                        facts.tree().missing().stream().map(ManagedTree.Missing::id),
                        facts.tree().allReplicas().stream().map(Replica::id).filter(id -> !read.contains(id)))
                .sorted()
                .map(ServerId::toString)
                .collect(Collectors.joining(", "));
    }

    /**
     * What is left of it without that behind which a replica has received something, or executed it without logging it: of MariaDB that says
     * of each domain the last transaction alone, whoever wrote those before.
     */
    private static Gtids withoutPassed(Gtids lacking, List<Candidate> replicas) {
        Gtids left = lacking;
        for (Candidate replica : replicas) {
            Optional<Gtids> position = replica.logsWhatItApplies() ? Optional.empty() : replica.executed();
            for (Gtids passed : Stream.concat(position.stream(), replica.status().retrieved().stream())
                    .toList()) {
                left = left instanceof MariadbGtids some && passed instanceof MariadbGtids further
                        ? some.withoutPassedBy(further)
                        : left;
            }
        }
        return left;
    }

    /** MariaDB counts what is in its binary log and may still wait for an acknowledgement. */
    private static boolean tellsOfWaiting(SourceStatus status) {
        return status.acknowledging().isPresent()
                && status.executed().filter(MariadbGtids.class::isInstance).isPresent();
    }

    private String seenAt() {
        return facts.lastStatus()
                .map(s -> s.at().truncatedTo(ChronoUnit.MILLIS).toString())
                .orElseThrow();
    }

    /** Where nothing is known of the end of the old source's log. */
    private Optional<LossVerdict> bySemiSync(String why, String end) {
        return facts.lastStatus().flatMap(status -> status.acknowledging().map(waiting -> {
            AckProof proof = proof(status, waiting);
            return proof.proven()
                    ? new LossVerdict.NoneAcknowledged(proof.clause() + "; " + why + end)
                    : new LossVerdict.Unknown(
                            why + "; semi-synchronous replication proves nothing: " + proof.clause() + end);
        }));
    }

    private AckProof proof(SourceStatus status, SourceStatus.Acknowledging waiting) {
        if (!fence.proven()) {
            return new AckProof(false, "the old source is not proven to be stopped");
        }
        if (fence.cameBack() || unwatched) {
            return new AckProof(false, "the old source came back, or may have, and need not have waited then");
        }
        if (mayHaveEndedItself.isPresent()) {
            return new AckProof(
                    false,
                    "a source that is stopped in good order lets commits that wait go through unacknowledged, and "
                            + mayHaveEndedItself.get());
        }
        AckProof proof = AckProof.of(status, waiting, stoppedBy, readers(status));
        return proof.proven() && !newSourceHasAll(status)
                ? new AckProof(
                        false,
                        newSource
                                + " cannot be shown to have all that replicas had received, and that the old source had written by "
                                + seenAt())
                : proof;
    }

    private List<AckProof.Reader> readers(SourceStatus status) {
        return Field.stoppedReceivers(facts).stream()
                .map(c ->
                        new AckProof.Reader(c.facts().serverId(), c.keepsWhatItAcknowledged(status, facts.usesGtids())))
                .toList();
    }

    /** Commits that waited only prove something about what was written later. */
    private boolean newSourceHasAll(SourceStatus status) {
        if (facts.usesGtids()) {
            Optional<Gtids> executed = opened().flatMap(StepResult.Coordinates::executed);
            return executed.isPresent()
                    && status.executed().filter(executed.get()::covers).isPresent()
                    && Field.stoppedReceivers(facts).stream()
                            .flatMap(c -> origins.ofSource(c).stream())
                            .allMatch(executed.get()::covers);
        }
        boolean hasReceived =
                !levelling.lacks(newSource) || levelling.levelled(newSource).isPresent();
        return hasReceived
                && levelling
                        .placeOf(newSource)
                        .filter(p -> p.isAtOrAfter(status.end()))
                        .isPresent();
    }

    /** What replicas have from elsewhere and the new source lacks. */
    private String lackedByNewSource() {
        Optional<Gtids> executed = opened().flatMap(StepResult.Coordinates::executed);
        return !facts.usesGtids() || executed.isEmpty()
                ? ""
                : origins.strangeTo(executed.get()).entrySet().stream()
                        .map(e -> "; %s has %s, which %s lacks and the old source is not known to have had"
                                .formatted(e.getKey(), e.getValue(), newSource))
                        .collect(Collectors.joining());
    }

    private Optional<StepResult.Coordinates> opened() {
        return facts.progress().result(new Step.ReadCoordinates(newSource), StepResult.Coordinates.class);
    }

    private LossVerdict withoutTail() {
        String upTo = Field.stoppedReceivers(facts).stream()
                .flatMap(c -> c.read().stream())
                .max(Comparator.naturalOrder())
                .map(BinlogPosition::toString)
                .orElse("the last position received");
        String written = facts.lastStatus()
                .map(s -> "; by " + seenAt() + " it was written up to " + s.end())
                .orElse("");
        return new LossVerdict.Unknown("the old source's binary log past " + upTo + " was not read: "
                + rescue.tailFailure().orElse("it was not tried") + written);
    }

    private LossVerdict fromTail(StepResult.Saved tail) {
        String read = "the old source's binary log was read to " + tail.readTo();
        if (tail.damaged()) {
            return new LossVerdict.Unknown(
                    read + ", where it is damaged: " + tail.cutOff().orElse("unreadable"));
        }
        if (rescue.tail().isEmpty()) {
            return new LossVerdict.Unknown(read + ", which is less than a replica had received: its end was lost");
        }
        if (!newSourceHas(tail)) {
            return new LossVerdict.Unknown(read + ", but " + newSource + " cannot be shown to have all of it");
        }
        if (fence.cameBack()) {
            return new LossVerdict.Unknown(read + ", but its process came back afterwards: it may have taken more");
        }
        if (unwatched) {
            return new LossVerdict.Unknown(
                    read + ", but whether its process came back afterwards could not be seen: it may have taken more");
        }
        boolean seenGone = goneBefore && tail.writer() == StepResult.Writer.UNKNOWN;
        return switch (seenGone ? StepResult.Writer.GONE : tail.writer()) {
            case GONE -> gone(tail, read);
            case COPIES ->
                new LossVerdict.Unknown(read + " in copies on other hosts, all of which " + newSource
                        + " has executed: they may lack its end");
            case ALIVE -> new LossVerdict.Unknown(read + " while a process still had it open: it may have taken more");
            case UNKNOWN ->
                new LossVerdict.Unknown(read + ", but it could not be seen whether its process was gone by then: it may"
                        + " have taken more");
        };
    }

    /** A process that died alone left all that it wrote to its host; a host keeps only what it has on its disk. */
    private LossVerdict gone(StepResult.Saved tail, String read) {
        if (facts.syncedEachCommit() || tail.restart() == StepResult.Restart.NO) {
            return new LossVerdict.None(
                    read + ", its end, after its process had gone, and " + newSource + " has executed all of it"
                            + tail.cutOff().map(c -> " (" + c + ")").orElse(""));
        }
        boolean restarted = tail.restart() == StepResult.Restart.YES;
        String setting =
                facts.lastSource().map(s -> "sync_binlog was " + s.syncBinlog()).orElse("sync_binlog is not known");
        return new LossVerdict.Unknown(read + ", but "
                + (restarted ? "" : "it could not be seen whether ")
                + "its host was started anew after " + tail.start().file() + " was begun, and " + setting
                + ": what was not on its disk by then " + (restarted ? "is gone" : "would be gone"));
    }

    private boolean newSourceHas(StepResult.Saved tail) {
        if (facts.usesGtids() && tail.gtids().isPresent()) {
            return opened().flatMap(StepResult.Coordinates::executed)
                    .filter(has -> has.covers(tail.gtids().get()))
                    .isPresent();
        }
        return levelling
                .placeOf(newSource)
                .filter(p -> p.isAtOrAfter(tail.end()))
                .isPresent();
    }
}
