package io.mha4j.monitor;

import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.base.Sleeper;
import io.mha4j.base.Ticks;
import io.mha4j.decision.HealthState;
import io.mha4j.decision.HealthState.Check;
import io.mha4j.decision.HealthState.Health;
import java.time.Duration;
import java.util.Optional;

/**
 * The loop that watches one source: one check per interval, measured from the start of the check, or at once when the kept
 * connection breaks. It ends when the source is dead by MHA's rule (four failures in a row) and nobody objects, or as soon
 * as a failure is followed by proof of its death. The loop owns time; {@link HealthState} and {@link DeathProof} own the
 * rules.
 */
public final class Watcher {
    private final SourceProbe probe;
    private final Evidence evidence;
    private final DeathProof proof;
    private final WatchListener listener;
    private final Rest rest;

    private HealthState state = HealthState.HEALTHY;
    private boolean answeredBefore;

    /** How time passes. */
    public record Rest(Ticks ticks, Sleeper sleeper) {}

    public Watcher(SourceProbe probe, Evidence evidence, DeathProof proof, WatchListener listener, Rest rest) {
        this.probe = probe;
        this.evidence = evidence;
        this.proof = proof;
        this.listener = listener;
        this.rest = rest;
    }

    /**
     * Watches until the source is dead.
     *
     * @param interval {@code ping_interval}: time between two checks and limit of each
     * @return whether the dead source's host answers over SSH
     * @throws InterruptedWork if the thread is told to end
     */
    public boolean untilDead(Duration interval) {
        boolean listens = true;
        while (true) {
            Deadline round = Deadline.in(interval, rest.ticks());
            LastCheck last = LastCheck.now(probe, interval, rest.ticks());
            note(last.check());
            if (last.check().isFailure()) {
                Optional<Boolean> ssh = death(last, interval, round);
                if (ssh.isPresent()) {
                    return ssh.get();
                }
            }
            // What is heard but does no harm must not turn the checks into a storm: the next round is a whole one.
            listens = !(listens && state.health() == Health.OK && probe.awaitNews(round));
            if (listens) {
                sleep(round);
            }
        }
    }

    private void note(Check check) {
        boolean first = !answeredBefore || state.failures() > 0;
        state = state.after(check);
        if (check instanceof Check.Failed failed) {
            listener.failed(state, failed.why());
            evidence.failing(state);
        } else if (check instanceof Check.Refused refused) {
            listener.refused(state, refused.why());
            evidence.refused();
        } else if (check instanceof Check.Unusable unusable) {
            listener.unusable(state, unusable);
            if (unusable.counts()) {
                evidence.failing(state);
            }
        } else {
            answeredBefore = true;
            evidence.answered();
            if (check instanceof Check.Closed closed) {
                listener.closed(first, closed.why());
            } else {
                listener.answered(first);
            }
            proof.answered();
        }
    }

    /** Whether the source is dead, after a failure; if so, whether its host answers over SSH. */
    private Optional<Boolean> death(LastCheck last, Duration interval, Deadline round) {
        if (state.health() == Health.DEAD) {
            return byCount(last, interval);
        }
        if (last.check() instanceof Check.Unusable) {
            return Optional.empty();
        }
        // Whoever proves it has been on the host.
        return proof.proves(round) ? Optional.of(true) : Optional.empty();
    }

    private Optional<Boolean> byCount(LastCheck last, Duration interval) {
        Evidence.Veto veto = evidence.secondOpinion();
        if (veto.raised()) {
            listener.vetoed(veto);
            state = HealthState.HEALTHY;
            // Not dead is not answering: when it does again, that is news.
            answeredBefore = false;
            return Optional.empty();
        }
        boolean ssh = evidence.sshReachable();
        Check now = last.renewed(probe, interval, rest.ticks()).check();
        if (!now.isFailure()) {
            listener.revived();
            note(now);
            return Optional.empty();
        }
        listener.dead(state, ssh);
        return Optional.of(ssh);
    }

    /** A round whose check took all of its time must hear too that the thread is to end: no wait of it was interrupted. */
    private void sleep(Deadline round) {
        try {
            if (Thread.interrupted()) {
                throw new InterruptedException("between two checks");
            }
            rest.sleeper().sleep(round.remaining());
        } catch (InterruptedException e) {
            throw InterruptedWork.during("watching the source", e);
        }
    }
}
