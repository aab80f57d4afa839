package io.mha4j.decision;

import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.Gtids;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;

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

    Verdict(Standing at) {
        this.facts = at.facts();
        this.rescue = at.rescue();
        this.levelling = at.levelling();
        this.origins = at.origins();
        this.newSource = at.newSource().orElseThrow();
        this.fence = at.fence();
        this.goneBefore = at.fencedBeforeReading();
        this.unwatched = at.unwatched();
    }

    LossVerdict judge() {
        LossVerdict losses = rescue.saved().map(this::fromTail).orElseGet(this::withoutTail);
        String end = "; " + fence.clause() + lackedByNewSource();
        return losses instanceof LossVerdict.None none
                ? new LossVerdict.None(none.how() + end)
                : new LossVerdict.Unknown(((LossVerdict.Unknown) losses).why() + end);
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
        return new LossVerdict.Unknown("the old source's binary log past " + upTo + " was not read: "
                + rescue.tailFailure().orElse("it was not tried"));
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
