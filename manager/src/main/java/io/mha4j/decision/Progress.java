package io.mha4j.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything that has been done so far, in the order in which it ended; what the journal of a run holds. */
public record Progress(List<Outcome> outcomes) {
    public static final Progress NONE = new Progress(List.of());

    public Progress {
        outcomes = List.copyOf(outcomes);
    }

    public Progress plus(List<? extends Outcome> more) {
        List<Outcome> all = new ArrayList<>(outcomes);
        all.addAll(more);
        return new Progress(all);
    }

    public Optional<Outcome> of(Step step) {
        return outcomes.stream().filter(o -> o.step().isSame(step)).findFirst();
    }

    /** Whether the step ended, well or badly. */
    public boolean ended(Step step) {
        return of(step).isPresent();
    }

    public boolean finished(Step step) {
        return of(step).filter(o -> o instanceof Outcome.Finished).isPresent();
    }

    /** What a finished step learned, if that is of the given kind. */
    public <T extends StepResult> Optional<T> result(Step step, Class<T> kind) {
        return of(step).flatMap(o -> o instanceof Outcome.Finished f && kind.isInstance(f.result())
                ? Optional.of(kind.cast(f.result()))
                : Optional.empty());
    }

    /** By when a step had finished; absent too where it was only thought of. */
    Optional<Instant> finishedBy(Step step) {
        return of(step).flatMap(o -> o instanceof Outcome.Finished f ? f.at() : Optional.empty());
    }

    /** Whether somebody has left replication to be the new source: it can no longer be given anything of the old one's. */
    boolean promotionBegun() {
        return outcomes.stream()
                .anyMatch(o -> o.step() instanceof Step.Detach || o.step() instanceof Step.ReadCoordinates);
    }

    public Stream<Outcome.Failed> failures() {
        return outcomes.stream().filter(o -> o instanceof Outcome.Failed).map(o -> (Outcome.Failed) o);
    }

    /** Those of {@code steps} that have not ended yet, in their order. */
    public List<Step> left(List<? extends Step> steps) {
        return steps.stream().filter(s -> !ended(s)).map(s -> (Step) s).toList();
    }
}
