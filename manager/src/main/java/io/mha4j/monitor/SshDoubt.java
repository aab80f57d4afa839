package io.mha4j.monitor;

import io.mha4j.base.Deadline;
import io.mha4j.base.Ticks;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether the source's host answers over SSH, tried from the first failed check on: a host that is silent is known for that
 * when the checks are over, instead of being waited for then. For one thread.
 */
final class SshDoubt {
    /** Given to a host that has let one attempt pass in silence already. */
    private static final Duration ONCE_MORE = Duration.ofSeconds(1);

    private final Supplier<Optional<String>> attempt;
    private final Duration patience;
    private final Ticks ticks;
    private Optional<Slot<Optional<String>>> last = Optional.empty();
    private boolean failedBefore;

    /**
     * Nothing is tried yet.
     *
     * @param attempt  tries it; comes back by itself with why the host is not reached, or nothing if it is
     * @param patience more than an attempt takes
     */
    SshDoubt(Supplier<Optional<String>> attempt, Duration patience, Ticks ticks) {
        this.attempt = attempt;
        this.patience = patience;
        this.ticks = ticks;
    }

    /** A check of the source failed, for the {@code failures}th time in a row: tries, unless it is at it. */
    void failing(int failures) {
        if (failures == 1) {
            failedBefore = false;
            last = last.filter(slot -> slot.ifDone().isEmpty());
        }
        note();
        if (last.isEmpty() || last.get().ifDone().isPresent()) {
            last = Optional.of(start());
        }
    }

    private void note() {
        failedBefore |= last.flatMap(Slot::ifDone).filter(Optional::isPresent).isPresent();
    }

    private Slot<Optional<String>> start() {
        return Slot.start("ssh doubt", attempt::get);
    }

    /** Why the host is not reached; nothing if it answers now. */
    Optional<String> unreachable() {
        note();
        // An answer that has come before is none for now.
        Slot<Optional<String>> now =
                last.filter(slot -> slot.ifDone().isEmpty()).orElseGet(this::start);
        Duration limit = failedBefore ? ONCE_MORE : patience;
        last = Optional.of(now);
        return now.await(Deadline.in(limit, ticks), () -> Optional.of("it is silent still"));
    }
}
