package io.mha4j.decision.online;

import io.mha4j.base.ServerId;
import io.mha4j.topology.ReplicaStatus;

/**
 * One action of an online switch, as data: printed by a dry run, carried out by {@code execution.online}, undone by
 * {@link OnlineUndo}. Each may be done again.
 */
public sealed interface OnlineStep {
    /** The server it acts on, or whose script it runs. */
    ServerId server();

    /** Calls the method for this kind of step. */
    <R> R match(Cases<R> cases);

    /** Closes tables that nobody uses, so that the read lock comes quickly. One that stays in use ends the switch. */
    record FlushTables(ServerId server) implements OnlineStep {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.flushTables(this);
        }
    }

    /** Waits until a replica has executed what {@code source} had written when the step began; writes go on. */
    record Approach(ServerId server, ServerId source) implements OnlineStep {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.approach(this);
        }
    }

    /** Switches the event scheduler. */
    record SetScheduler(ServerId server, boolean on) implements OnlineStep {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.setScheduler(this);
        }
    }

    /**
     * Sets how often a parallel applier of MySQL says how far it is in its source's log. What fails here costs time only.
     *
     * @param millis       every so many milliseconds
     * @param beforeMillis the same before this step
     */
    record SetCheckpointPeriod(ServerId server, long millis, long beforeMillis) implements OnlineStep {
        /** Whether this is what the switch wants, not what puts it back. */
        public boolean hastens() {
            return millis < beforeMillis;
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.setCheckpointPeriod(this);
        }
    }

    /** Switches whether commits wait for a replica's acknowledgement. */
    record SemiSyncSource(ServerId server, boolean on) implements OnlineStep {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.semiSyncSource(this);
        }
    }

    /** Lets a server acknowledge what it receives, from its next connection to a source on. */
    record SemiSyncReplica(ServerId server) implements OnlineStep {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.semiSyncReplica(this);
        }
    }

    /** Takes the writers' address away by {@code master_ip_online_change_script --command=stop}. */
    record WithdrawAddress(ServerId server, ServerId successor) implements OnlineStep {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.withdrawAddress(this);
        }
    }

    /** Gives the writers' address to a server by {@code master_ip_online_change_script --command=start}. */
    record AssignAddress(ServerId server, ServerId predecessor) implements OnlineStep {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.assignAddress(this);
        }
    }

    /**
     * Moves the virtual address that no script moves: gives it to a server first and then takes it from the one that had it, so
     * that clients reach either of them all the time. Both must be closed to writes.
     */
    record MoveAddress(ServerId server, ServerId predecessor) implements OnlineStep {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.moveAddress(this);
        }
    }

    /**
     * Sets {@code read_only}, and {@code super_read_only} where the server knows it.
     *
     * @param hadReadOnly whether {@code read_only} was set before, and is to stay if this is undone
     */
    record BlockWrites(ServerId server, boolean hadReadOnly) implements OnlineStep {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.blockWrites(this);
        }
    }

    /** The opposite of {@link BlockWrites}. */
    record AllowWrites(ServerId server) implements OnlineStep {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.allowWrites(this);
        }
    }

    /** Takes {@code super_read_only} off, where the server knows it; {@code read_only} stays. */
    record AllowSuper(ServerId server) implements OnlineStep {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.allowSuper(this);
        }
    }

    /** Takes the global read lock, which stops those too whom {@code read_only} does not. */
    record LockTables(ServerId server) implements OnlineStep {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.lockTables(this);
        }
    }

    /**
     * Gives the global read lock back.
     *
     * @param endsWaiting whether connections that wait to write must not do so any more: the server has a successor
     */
    record UnlockTables(ServerId server, boolean endsWaiting) implements OnlineStep {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.unlockTables(this);
        }
    }

    /**
     * Reads where the old source's history ends.
     *
     * @param locked whether the global read lock is held; without it the place must stand still for a while
     */
    record ReadSwitchPoint(ServerId server, boolean locked) implements OnlineStep {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.readSwitchPoint(this);
        }
    }

    /** Waits until a replica has executed everything up to the switch point, and proves that it has nothing less. */
    record ProveEqual(ServerId server) implements OnlineStep {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.proveEqual(this);
        }
    }

    /** When the old source is looked at again. */
    enum Moment {
        /** Nothing was done yet that anybody sees. */
        LOCKED,
        /** A script was called meanwhile: one that is out of reach by now passes. */
        BEHIND_SCRIPT,
        /** Its lock was given back, and clients are elsewhere: only what was written counts, and it may have been restarted. */
        LEFT
    }

    /** Reads the old source's end again: it must be the switch point still. */
    record ConfirmStill(ServerId server, Moment when) implements OnlineStep {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.confirmStill(this);
        }
    }

    /**
     * Replication threads of one server.
     *
     * @param receiver I/O thread
     * @param applier  SQL thread
     */
    record Threads(boolean receiver, boolean applier) {
        static final Threads BOTH = new Threads(true, true);

        /** Those that nobody and nothing has stopped. */
        static Threads on(ReplicaStatus status) {
            return new Threads(on(status.receiver()), on(status.applier()));
        }

        private static boolean on(ReplicaStatus.ThreadState thread) {
            return thread.running() || !thread.word().equals("No");
        }

        public boolean both() {
            return receiver && applier;
        }
    }

    /**
     * Stops both replication threads; the settings stay.
     *
     * @param ran which of them are to run again if this is undone
     */
    record StopReplication(ServerId server, Threads ran) implements OnlineStep {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.stopReplication(this);
        }
    }

    /**
     * Starts replication threads.
     *
     * @param threads which; others were stopped on purpose
     * @param runs    whether both must be seen to run, which takes a source that answers
     */
    record StartReplication(ServerId server, Threads threads, boolean runs) implements OnlineStep {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.startReplication(this);
        }
    }

    /** Reads where the new source's binary log ends before it takes writes. */
    record ReadCoordinates(ServerId server) implements OnlineStep {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.readCoordinates(this);
        }
    }

    /** Makes a server that may have been opened read-only, and proves that nothing was written to it since. */
    record CloseAgain(ServerId server) implements OnlineStep {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.closeAgain(this);
        }
    }

    /** Forgets whom the new source followed. */
    record ForgetSource(ServerId server) implements OnlineStep {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.forgetSource(this);
        }
    }

    /** Makes a replica of the old source follow the new one. */
    record Repoint(ServerId server, ServerId newSource) implements OnlineStep {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.repoint(this);
        }
    }

    /** Makes the old source follow the new one, if its history still ends at the switch point. */
    record Rejoin(ServerId server, ServerId newSource) implements OnlineStep {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.rejoin(this);
        }
    }

    /** One method for each kind of step: a new kind does not compile until every reader handles it. */
    interface Cases<R> {
        R flushTables(FlushTables step);

        R approach(Approach step);

        R setScheduler(SetScheduler step);

        R setCheckpointPeriod(SetCheckpointPeriod step);

        R semiSyncSource(SemiSyncSource step);

        R semiSyncReplica(SemiSyncReplica step);

        R withdrawAddress(WithdrawAddress step);

        R assignAddress(AssignAddress step);

        R moveAddress(MoveAddress step);

        R blockWrites(BlockWrites step);

        R allowWrites(AllowWrites step);

        R allowSuper(AllowSuper step);

        R lockTables(LockTables step);

        R unlockTables(UnlockTables step);

        R readSwitchPoint(ReadSwitchPoint step);

        R proveEqual(ProveEqual step);

        R confirmStill(ConfirmStill step);

        R stopReplication(StopReplication step);

        R startReplication(StartReplication step);

        R readCoordinates(ReadCoordinates step);

        R closeAgain(CloseAgain step);

        R forgetSource(ForgetSource step);

        R repoint(Repoint step);

        R rejoin(Rejoin step);
    }
}
