package io.mha4j.monitor;

import io.mha4j.base.Deadline;
import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.decision.HealthState.Check;
import java.time.Duration;

/**
 * Asks a source that did not answer the first look, as a watched one is asked. It must fail each time: one that lives after
 * all was merely slow, and is not to be failed over, nor watched with a tree that was read without it.
 */
public final class DeadAtStart implements SourceProbe {
    private final ServerId source;
    private final SourceProbe probe;

    public DeadAtStart(ServerId source, SourceProbe probe) {
        this.source = source;
        this.probe = probe;
    }

    /** @throws Alive if it does not fail */
    @Override
    public Check check(Duration limit) {
        Check check = probe.check(limit);
        if (check.isFailure()) {
            return check;
        }
        throw new Alive(source);
    }

    @Override
    public boolean awaitNews(Deadline deadline) {
        return probe.awaitNews(deadline);
    }

    @Override
    public void close() {
        probe.close();
    }

    /** It lives. */
    public static final class Alive extends MhaException {
        Alive(ServerId source) {
            super(source
                    + " did not answer when the servers were looked at, but is alive; nothing was changed. It may be"
                    + " overloaded: look at it, and start again");
        }
    }
}
