package io.mha4j.monitor;

import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.base.Sleeper;
import io.mha4j.base.Ticks;
import io.mha4j.decision.HealthState;
import java.time.Duration;

/**
 * The loop that watches one source: one check per interval, measured from the start of the check, until the source is
 * dead by MHA's rule (four failures in a row) and nobody objects. The loop owns time; {@link HealthState} owns the rule.
 */
public final class Watcher {
    private final SourceProbe probe;
    private final Evidence evidence;
    private final WatchListener listener;
    private final Ticks ticks;
    private final Sleeper sleeper;

    public Watcher(SourceProbe probe, Evidence evidence, WatchListener listener, Ticks ticks, Sleeper sleeper) {
        this.probe = probe;
        this.evidence = evidence;
        this.listener = listener;
        this.ticks = ticks;
        this.sleeper = sleeper;
    }

    /**
     * Watches until the source is dead.
     *
     * @param interval {@code ping_interval}: time between two checks and limit of each
     * @return whether the dead source's host answers over SSH
     * @throws InterruptedWork if the thread is told to end
     */
    public boolean untilDead(Duration interval) {
        HealthState state = HealthState.HEALTHY;
        boolean answeredBefore = false;
        while (true) {
            Deadline round = Deadline.in(interval, ticks);
            HealthState.Check check = probe.check(interval);
            HealthState before = state;
            state = state.after(check);
            tell(check, state, !answeredBefore || before.failures() > 0);
            answeredBefore |= check instanceof HealthState.Check.Good;
            if (state.health() == HealthState.Health.DEAD) {
                Evidence.Veto veto = evidence.secondOpinion();
                if (!veto.raised()) {
                    boolean ssh = evidence.sshReachable();
                    listener.dead(state, ssh);
                    return ssh;
                }
                listener.vetoed(veto);
                state = HealthState.HEALTHY;
            }
            rest(round);
        }
    }

    private void tell(HealthState.Check check, HealthState now, boolean first) {
        if (check instanceof HealthState.Check.Failed failed) {
            listener.failed(now, failed.why());
        } else if (check instanceof HealthState.Check.Refused refused) {
            listener.refused(now, refused.why());
        } else {
            listener.answered(first);
        }
    }

    private void rest(Deadline round) {
        try {
            sleeper.sleep(round.remaining());
        } catch (InterruptedException e) {
            throw InterruptedWork.during("watching the source", e);
        }
    }
}
