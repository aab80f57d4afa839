package io.mha4j.monitor.received;

import io.mha4j.base.Deadline;
import io.mha4j.base.Ticks;
import io.mha4j.decision.HealthState;
import io.mha4j.monitor.Evidence;
import io.mha4j.monitor.Slot;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Other evidence, and what the replicas say: a source from which one of them has received something since it stopped
 * answering us is not dead. The first look follows the second failure, or the first one after a refusal: by then what was
 * on the way when a source died has been read.
 */
public final class ReceiversToo implements Evidence {
    private static final int FIRST_LOOK = 2;

    /** More than a look takes. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Evidence other;
    private final Supplier<Reception> look;
    private final Ticks ticks;
    private Optional<Slot<Reception>> first = Optional.empty();

    /** {@code look} asks the replicas, and comes back by itself. */
    public ReceiversToo(Evidence other, Supplier<Reception> look, Ticks ticks) {
        this.other = other;
        this.look = look;
        this.ticks = ticks;
    }

    @Override
    public void answered() {
        other.answered();
    }

    /** What is received until the source refuses us says nothing of a silence that comes later. */
    @Override
    public void refused() {
        other.refused();
        first = Optional.empty();
    }

    @Override
    public void failing(HealthState now) {
        other.failing(now);
        if (now.failures() == FIRST_LOOK || (now.failures() > FIRST_LOOK && first.isEmpty())) {
            first = Optional.of(start());
        }
    }

    private Slot<Reception> start() {
        return Slot.start("received", ticks, look::get);
    }

    /** Asks the replicas beside the others, so that it takes no longer. */
    @Override
    public Veto secondOpinion() {
        Slot<Reception> now = start();
        Veto veto = other.secondOpinion();
        if (veto.raised()) {
            return veto;
        }
        Reception before = first.map(this::answer).orElse(Reception.UNKNOWN);
        return answer(now)
                .since(before)
                .map(why -> new Veto(true, why, Cause.RECEIVER))
                .orElse(veto);
    }

    private Reception answer(Slot<Reception> slot) {
        return slot.await(Deadline.in(PATIENCE, ticks), () -> Reception.UNKNOWN);
    }

    @Override
    public boolean sshReachable() {
        return other.sshReachable();
    }
}
