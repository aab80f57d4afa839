package io.mha4j.mysql.receiver;

import io.mha4j.base.Ticks;
import io.mha4j.topology.ReplicaStatus.ThreadState;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a receiver that fails to reach its source still may. By itself it tries again after MASTER_CONNECT_RETRY only, 60 s by
 * default, so its error stands for long, though what caused it, as a source that is full when all its clients come at once, may be
 * over in a moment: it is to be told to try again. Only while it sleeps between two attempts: one that is under way, slow as it may
 * be, would be broken off, each time anew. Used by one thread, for one wait.
 */
public final class SourceReach {
    /** How long after an error it is told to. */
    private static final long AGAIN = Duration.ofSeconds(2).toNanos();
    /**
     * The source answered and refuses us: trying again does not help (1045 access denied ... 2061 needs TLS or a key, 2066 no common
     * compression, 3032 offline mode, 3159 needs TLS).
     */
    private static final Set<Integer> HOPELESS =
            Set.of(1044, 1045, 1130, 1227, 1251, 1698, 2049, 2054, 2058, 2059, 2061, 2066, 3032, 3159);

    /** Nothing answers where the source should be, or no more. */
    private static final Set<Integer> UNHEARD = Set.of(2002, 2003, 2005, 2013);

    private final Duration patience;
    private final Duration unheard;
    private final Ticks ticks;
    private Optional<ThreadState> failure = Optional.empty();
    private long failingSince;
    private long unheardSince;
    /** Whether the last look showed the error; an attempt that was ordered shows none. */
    private boolean sleeps;

    private long sleepsSince;

    /** @param patience how long an error is put up with that may go away */
    public SourceReach(Duration patience, Ticks ticks) {
        this(patience, patience, ticks);
    }

    /**
     * The same for a source that is needed at once.
     *
     * @param unheard for how long nothing need answer; not longer than the patience with one that answers
     */
    public SourceReach(Duration patience, Duration unheard, Ticks ticks) {
        this.patience = patience;
        this.unheard = patience.compareTo(unheard) < 0 ? patience : unheard;
        this.ticks = ticks;
    }

    /** Takes in one look. While it tries it may show no error: only one that runs has reached its source. */
    public void saw(ThreadState receiver) {
        boolean over = receiver.running() || receiver.word().equals("No");
        boolean fails = !over && receiver.failed();
        if (over) {
            failure = Optional.empty();
        }
        if (fails) {
            if (failure.isEmpty()) {
                failingSince = ticks.nanos();
            }
            if (failure.filter(SourceReach::isUnheard).isEmpty()) {
                unheardSince = ticks.nanos();
            }
            if (!sleeps) {
                sleepsSince = ticks.nanos();
            }
            failure = Optional.of(receiver);
        }
        sleeps = fails;
    }

    /**
     * The error with which it does not reach its source, if that refuses it or the patience is at its end. Whether nothing answers an
     * attempt that is under way is not known yet.
     */
    public Optional<ThreadState> lost() {
        return failure.filter(f -> HOPELESS.contains(f.errorCode())
                || isOver(failingSince, patience)
                || (sleeps && isUnheard(f) && isOver(unheardSince, unheard)));
    }

    /** Whether it is to be told to try again, now. After its patience it is left to try by itself. */
    public boolean isTryDue() {
        boolean due = sleeps && lost().isEmpty() && ticks.nanos() - sleepsSince >= AGAIN;
        if (due) {
            sleepsSince = ticks.nanos();
        }
        return due;
    }

    private static boolean isUnheard(ThreadState failed) {
        return UNHEARD.contains(failed.errorCode());
    }

    private boolean isOver(long since, Duration limit) {
        return ticks.nanos() - since >= limit.toNanos();
    }
}
