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
    /** Given to an attempt that begins at the decision, on a host that is known to be silent. */
    private static final Duration ONCE_MORE = Duration.ofSeconds(1);

    /**
     * Given to a host that answers at its MySQL port and let an attempt pass in silence: it may have been the kept
     * connection that is dead, forgotten by a firewall. Two seconds to find that out (SshShells), one to log in.
     */
    private static final Duration ANEW = Duration.ofSeconds(3);

    /**
     * A kept connection answers within milliseconds and a login within a second or two; a host that is known to be silent
     * altogether is not waited for as long as one that may only be slow to let us in.
     */
    private static final Duration GONE = Duration.ofMillis(2500);

    private final Supplier<Optional<String>> attempt;
    private final Supplier<Duration> silence;
    private final Duration limit;
    private final Ticks ticks;
    private Optional<Slot<Answer>> last = Optional.empty();
    private boolean silentBefore;
    private long begun;

    /** Why the host was not reached, or nothing; and how long that took. */
    private record Answer(Optional<String> failure, Duration took) {}

    /**
     * Nothing is tried yet.
     *
     * @param attempt tries it; comes back by itself with why the host is not reached, or nothing if it is
     * @param silence for how long nothing at all has come back from the host
     * @param limit   of an attempt
     */
    SshDoubt(Supplier<Optional<String>> attempt, Supplier<Duration> silence, Duration limit, Ticks ticks) {
        this.attempt = attempt;
        this.silence = silence;
        this.limit = limit;
        this.ticks = ticks;
    }

    /** A check of the source failed, for the {@code failures}th time in a row: tries, unless it is at it. */
    void failing(int failures) {
        if (failures == 1) {
            silentBefore = false;
            last = last.filter(Slot::isUnderWay);
        }
        if (!isTrying()) {
            begin();
        }
    }

    private void begin() {
        silentBefore |= last.flatMap(Slot::ifDone).filter(this::isSilence).isPresent();
        long start = ticks.nanos();
        begun = start;
        last = Optional.of(Slot.start(
                "ssh doubt", ticks, () -> new Answer(attempt.get(), Duration.ofNanos(ticks.nanos() - start))));
    }

    /** A host that refuses, or a connection that breaks, fails at once and says nothing about how quick a new login is. */
    private boolean isSilence(Answer answer) {
        return answer.failure().isPresent()
                && answer.took().compareTo(limit.multipliedBy(9).dividedBy(10)) > 0;
    }

    /** Whether an attempt is under way. */
    boolean isTrying() {
        return last.filter(Slot::isUnderWay).isPresent();
    }

    /** Why the host is not reached; nothing if it answers now. */
    Optional<String> unreachable() {
        // An answer that has come before is none for now.
        boolean begins = !isTrying();
        if (begins) {
            begin();
        }
        Duration known = patience();
        Answer answer = awaited(begins && known.compareTo(ONCE_MORE) < 0 ? ONCE_MORE : known);
        if (!begins && isSilence(answer) && silence.get().isZero()) {
            begin();
            answer = awaited(ANEW);
        }
        return answer.failure();
    }

    private Answer awaited(Duration patience) {
        Answer none = new Answer(Optional.of("it is silent still"), patience);
        return last.orElseThrow().await(Deadline.in(patience, ticks), () -> none);
    }

    /** How long an answer is waited for at the decision: an attempt ends by itself, unless it is cut short. */
    Duration patience() {
        if (silence.get().compareTo(GONE) < 0) {
            return silentBefore ? ANEW : limit.plusSeconds(1);
        }
        Duration left = GONE.minusNanos(ticks.nanos() - begun);
        return silentBefore || left.isNegative() ? Duration.ZERO : left;
    }
}
