package io.mha4j.cli.journal;

import io.mha4j.decision.Phase;
import io.mha4j.decision.Step;
import io.mha4j.report.journal.JournalContent;
import io.mha4j.report.journal.JournalContent.End;
import io.mha4j.report.journal.JournalContent.StepRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How long a run, its phases and its steps took, by the wall times of its journal. */
final class StepTimes {
    private final Optional<Instant> now;

    /** @param now by when a step that has not ended lasts; absent where nobody works at it any more */
    StepTimes(Optional<Instant> now) {
        this.now = now;
    }

    /** Such as {@code done in 12 ms}. */
    String end(StepRecord record) {
        if (record.end() instanceof End.Failed failed) {
            return "failed after " + words(record.startedAt(), failed.at()) + ": " + failed.error();
        }
        if (record.end() instanceof End.Finished finished) {
            return "done in " + words(record.startedAt(), finished.at());
        }
        return now.map(n -> "begun " + words(record.startedAt(), n) + " ago")
                .orElseGet(() -> "begun at " + record.startedAt() + ", and nobody knows how it ended");
    }

    /** From the first beginning to the last end that is known, or until now. */
    String span(List<StepRecord> steps) {
        Optional<Instant> begin = steps.stream().map(StepRecord::startedAt).min(Comparator.naturalOrder());
        return begin.map(b -> words(b, last(steps).orElse(b))).orElse("0 ms");
    }

    /** Of the whole run, the time in which nobody worked at it included. */
    String total(JournalContent run) {
        return words(run.opened().at(), last(run.steps()).orElse(run.opened().at()));
    }

    private Optional<Instant> last(List<StepRecord> steps) {
        return steps.stream()
                .flatMap(record -> endedAt(record).or(() -> now).stream())
                .max(Comparator.naturalOrder());
    }

    private static Optional<Instant> endedAt(StepRecord record) {
        if (record.end() instanceof End.Finished finished) {
            return Optional.of(finished.at());
        }
        return record.end() instanceof End.Failed failed ? Optional.of(failed.at()) : Optional.empty();
    }

    /** A clock that was set back meanwhile makes nothing take less than no time. */
    private static String words(Instant from, Instant to) {
        long millis = Math.max(0, Duration.between(from, to).toMillis());
        return millis < 1000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }

    /**
     * The phase of each step of a failover. They come in order, but that the next best replica is levelled where the first one could
     * not leave replication; what is done to replicas once the address is given concerns them.
     */
    static List<Phase> phases(List<Step> steps) {
        List<Phase> phases = new ArrayList<>();
        boolean given = false;
        Phase last = Phase.CHECK;
        for (Step step : steps) {
            Phase own = given && !(step instanceof Step.MakeWritable) ? Phase.REPOINT : phase(step);
            last = own.compareTo(last) > 0 ? own : last;
            phases.add(last);
            given |= step instanceof Step.AssignAddress;
        }
        return phases;
    }

    private static Phase phase(Step step) {
        if (step instanceof Step.StartApplier) {
            return Phase.CHECK;
        }
        if (isAny(step, Step.ApplyRelayLog.class, Step.SaveRelayLog.class, Step.Level.class, Step.CatchUp.class)) {
            return Phase.LEVEL;
        }
        if (isAny(step, Step.LookAtSource.class, Step.Detach.class, Step.ReadCoordinates.class)
                || isAny(step, Step.AssignAddress.class, Step.MakeWritable.class)) {
            return Phase.OPEN;
        }
        return isAny(step, Step.Repoint.class, Step.AwaitSync.class, Step.ConfirmOpen.class)
                ? Phase.REPOINT
                : Phase.CUT_OFF;
    }

    private static boolean isAny(Step step, Class<?>... kinds) {
        return Stream.of(kinds).anyMatch(kind -> kind.isInstance(step));
    }

    /** MHA's words for it. */
    static String heading(Phase phase) {
        return switch (phase) {
            case CHECK -> "Phase 1: Configuration Check Phase";
            case CUT_OFF -> "Phase 2: Dead Master Shutdown Phase";
            case LEVEL, OPEN -> "Phase 3: Master Recovery Phase";
            case REPOINT -> "Phase 4: Slaves Recovery Phase";
        };
    }
}
