package io.mha4j.monitor;

import io.mha4j.decision.HealthState;

/** Told what the watcher sees, in order, by the watching thread. */
public interface WatchListener {
    /** The source answered; {@code first} when it is the first time, or the first time after failures. */
    void answered(boolean first);

    /** The source did not answer. */
    void failed(HealthState now, String why);

    /** The source runs but refuses us; at most two failures before that still count. */
    void refused(HealthState now, String why);

    /** The source lives, but nobody can write to it. */
    default void unusable(HealthState now, HealthState.Check.Unusable check) {
        failed(now, check.why());
    }

    /** It answered, as {@link #answered}, but takes no writes of others. */
    default void closed(boolean first, String why) {
        answered(first);
    }

    /** It would be called dead, but somebody still reaches it: counting begins again. */
    void vetoed(Evidence.Veto veto);

    /** It would be called dead, but that took long, and asked once more it did not fail; what it answered is told next. */
    default void revived() {}

    /** It is dead. */
    void dead(HealthState now, boolean sshReachable);
}
