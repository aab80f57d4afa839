package io.mha4j.execution.fence;

import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.base.Sleeper;
import io.mha4j.base.Ticks;
import io.mha4j.decision.StepResult.Fence;
import io.mha4j.decision.StepResult.Fenced;
import java.time.Duration;
import java.util.function.Supplier;

/** Sees whether a fenced server stays away, and ends it again when it does not; then the time begins anew. */
final class Vigil {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    /** A server that starts listens by then, if it does not recover much. */
    private static final Duration STARTING = Duration.ofSeconds(10);
    /** What came back this often will come back again. */
    private static final int ENOUGH = 5;

    private final Supplier<Ending> endings;
    private final Duration settle;
    private final Ticks ticks;
    private final Sleeper sleeper;

    /** @param settle how long it must stay away */
    Vigil(Supplier<Ending> endings, Duration settle, Ticks ticks, Sleeper sleeper) {
        this.endings = endings;
        this.settle = settle;
        this.ticks = ticks;
        this.sleeper = sleeper;
    }

    /**
     * Looks at least once.
     *
     * @param begin     what was seen so far; if it was not gone, nothing is waited for
     * @param goneSince the tick of that
     * @throws io.mha4j.base.CommandException if the host does not answer
     */
    Fenced over(Fenced begin, long goneSince) {
        Fenced seen = begin;
        Deadline settled = new Deadline(ticks, goneSince + settle.toNanos());
        int returns = 0;
        boolean stayed = false;
        while (seen.gone() && !stayed) {
            boolean last = settled.isOver();
            if (!last) {
                pause(settled);
            }
            Ending again = endings.get();
            boolean gone = again.look().gone();
            if (!gone) {
                seen = cameBack(ended(again, seen), ++returns);
                settled = Deadline.in(settle, ticks);
            }
            stayed = gone && last;
        }
        return stayed ? with(seen, seen.how() + ", and nothing came back for " + settle.toSeconds() + " s") : seen;
    }

    /** Whose data directory is not known cannot be told while it starts, before it listens: it is looked at again. */
    private Fenced ended(Ending again, Fenced before) {
        Deadline patience = Deadline.in(STARTING, ticks);
        Ending latest = again;
        Fenced ended = latest.end();
        while (ended.state() == Fence.UNKNOWN && !patience.isOver()) {
            pause(patience);
            latest = endings.get().goingOn(latest);
            ended = latest.end();
        }
        return ended.proven() && before.state() == Fence.GONE && !latest.stoppedService()
                ? stillInDoubt(ended, before)
                : ended;
    }

    /** Who ends by itself before it is looked at anew shows nothing of the service that was left and started it. */
    private static Fenced stillInDoubt(Fenced now, Fenced before) {
        return new Fenced(Fence.GONE, true, now.cameBack(), now.how() + "; before: " + before.how(), now.asked());
    }

    private static Fenced cameBack(Fenced again, int returns) {
        Fence state = returns < ENOUGH ? again.state() : Fence.REFUSED;
        String times = returns == 1 ? "once" : returns + " times";
        return new Fenced(state, true, true, "it came back " + times + ": " + again.how(), again.asked());
    }

    private static Fenced with(Fenced seen, String how) {
        return new Fenced(seen.state(), seen.supervised(), seen.cameBack(), how, seen.asked());
    }

    private void pause(Deadline until) {
        try {
            sleeper.sleep(until.atMost(LOOK_AGAIN).remaining());
        } catch (InterruptedException e) {
            throw InterruptedWork.during("seeing that the old source stays away", e);
        }
    }
}
