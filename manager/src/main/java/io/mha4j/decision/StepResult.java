package io.mha4j.decision;

import io.mha4j.base.AddedLater;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.Gtids;
import io.mha4j.topology.ReplicaStatus;
import java.time.Duration;
import java.util.Optional;

/** What a finished step learned. */
public sealed interface StepResult {
    /** Nothing beyond having been done. */
    record Plain() implements StepResult {}

    /**
     * How far a replica is, read after the step.
     *
     * @param executed its executed GTIDs, where it has any
     * @param uptime   for how long it had run by then, in whole seconds; asked only of one that acknowledges, when its receiver stops
     */
    record ReplicaAt(
            ReplicaStatus status,
            Optional<Gtids> executed,
            @AddedLater Optional<Duration> uptime) implements StepResult {
        /** One that was not asked since when it runs. */
        public ReplicaAt(ReplicaStatus status, Optional<Gtids> executed) {
            this(status, executed, Optional.empty());
        }

        /** The same of one that was asked. */
        public ReplicaAt with(Optional<Duration> asked) {
            return new ReplicaAt(status, executed, asked);
        }
    }

    /** Where the new source's binary log ends and which GTIDs it has executed, where it has any. */
    record Coordinates(BinlogPosition end, Optional<Gtids> executed) implements StepResult {}

    /**
     * Where in the old source's binary log begins what replicas lack that do not say how far they are.
     *
     * @param from   none of them lacks anything before it
     * @param before all that was written before it
     */
    record Found(BinlogPosition from, Gtids before) implements StepResult {}

    /**
     * Events that were saved into an archive on the manager.
     *
     * @param archive      its name
     * @param start        where it begins in the old source's binary log
     * @param end          behind its last whole transaction there; {@code start} when there is none
     * @param readTo       behind the last event that was read there, of whatever kind
     * @param bytes        size of the events
     * @param transactions whole transactions in it
     * @param gtids        their GTIDs, where they have any
     * @param cutOff       what stood behind the last whole transaction and was left out; one clause
     * @param damaged      whether more stood there that could not be read
     * @param writer       whether anything can still be written to the log that was read
     * @param restart      whether its host was started anew since the file at {@code start} was begun; looked at only where
     *                     that can cost anything
     */
    record Saved(
            String archive,
            BinlogPosition start,
            BinlogPosition end,
            BinlogPosition readTo,
            long bytes,
            long transactions,
            Optional<Gtids> gtids,
            Optional<String> cutOff,
            boolean damaged,
            Writer writer,
            Restart restart)
            implements StepResult {
        /** Whether everything up to this place was read. */
        boolean reaches(BinlogPosition place) {
            return readTo.isAtOrAfter(place);
        }
    }

    /** Whether a log that was read to its end can still grow. */
    enum Writer {
        /** No process on its host had it open before it was read. */
        GONE,
        /** A process had it open. */
        ALIVE,
        /** Not the log itself was read, but copies on other hosts; they may lack its end. */
        COPIES,
        /** It could not be found out. */
        UNKNOWN
    }

    /** Whether a host was started anew since its server began a file; what was in that file but not on its disk is gone then. */
    enum Restart {
        /** It has run all that time. */
        NO,
        /** It was. */
        YES,
        /** It was not found out. */
        UNKNOWN
    }

    /**
     * A replica has everything that an archive holds.
     *
     * @param status its replication status after that
     * @param at     how far it is in the old source's binary log; its status says less where SQL did it
     * @param executed its executed GTIDs, where it has any
     * @param way    how it got there, for people: {@code by replication}, {@code by SQL}, {@code had it already}
     */
    record Levelled(ReplicaStatus status, BinlogPosition at, Optional<Gtids> executed, String way)
            implements StepResult {}

    /**
     * Whether the old source can still take writes.
     *
     * @param supervised whether something was there that would start it again
     * @param cameBack   whether it ran again after it had been gone
     * @param how        how that is known, or why it is not; one clause
     * @param asked      whether its service was told to stop it: it may have begun to end in good order before it was killed
     */
    record Fenced(
            Fence state,
            boolean supervised,
            boolean cameBack,
            String how,
            @AddedLater boolean asked) implements StepResult {
        /** One whose service was left as it was, if it had any. */
        public Fenced(Fence state, boolean supervised, boolean cameBack, String how) {
            this(state, supervised, cameBack, how, false);
        }

        public boolean proven() {
            return state == Fence.PROVEN;
        }

        /** Whether it does not run, for good or not. */
        public boolean gone() {
            return state == Fence.PROVEN || state == Fence.GONE;
        }

        /** One clause for people, about the old source. */
        public String clause() {
            return switch (state) {
                case PROVEN -> "it is fenced: " + how;
                case REFUSED -> "it is not fenced: " + how;
                case GONE, UNKNOWN -> "whether it is fenced is unknown: " + how;
            };
        }
    }

    /** How sure it is that the old source is stopped. */
    enum Fence {
        /** Its process is gone, nothing listens at its port, nothing came back. */
        PROVEN,
        /** The same, but what may start it again at any time was left as it is. */
        GONE,
        /** It can be seen that it, or something in its place, still runs. */
        REFUSED,
        /** Nobody could look. */
        UNKNOWN
    }

    /**
     * The new source takes writes.
     *
     * @param again          whether it had to be opened once more
     * @param addressMissing why it may be without the clients' address, which was not given again to one that was started anew
     */
    record Open(boolean again, @AddedLater Optional<String> addressMissing) implements StepResult {}

    /** What a hook answered: MHA's exit status, 0 or 10 (go on all the same); -1 when none is configured. */
    record HookAnswer(int exitStatus) implements StepResult {
        /** No such hook is configured. */
        public static final HookAnswer NO_HOOK = new HookAnswer(-1);
    }
}
