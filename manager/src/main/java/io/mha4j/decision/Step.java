package io.mha4j.decision;

import io.mha4j.base.AddedLater;
import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.Gtids;
import java.util.List;
import java.util.Optional;

/**
 * One action of a failover, as data: printed by a dry run, journaled before and after, repeated after a crash. A step is
 * its own name: the planner counts a step as done when an equal one is. Each kind says how to see that it is done
 * already, because after a crash it will be run again.
 */
public sealed interface Step {
    /** The server it acts on, or whose hook it runs. */
    ServerId server();

    /** Calls the method for this kind of step. */
    <R> R match(Cases<R> cases);

    /** All components but the server, in order. */
    default List<Object> parts() {
        return List.of();
    }

    /**
     * As {@code equals} says, without it: Java makes that of each record anew in each process, for milliseconds, and every
     * kind of step is compared while nobody can write.
     */
    default boolean isSame(Step other) {
        return getClass() == other.getClass() && server().equals(other.server()) && parts().equals(other.parts());
    }

    /** Starts a stopped SQL thread. Done when it runs or reports an error. */
    record StartApplier(ServerId server) implements Step {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.startApplier(this);
        }
    }

    /** Stops the I/O thread, so that read positions stand still. Done when it does not run. */
    record StopReceiver(ServerId server) implements Step {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.stopReceiver(this);
        }
    }

    /**
     * Takes the writers' address away from the old source by the operator's hook; repeated after a crash.
     *
     * @param overSsh whether the hook may log in to the host
     */
    record WithdrawAddress(ServerId server, boolean overSsh) implements Step {
        @Override
        public List<Object> parts() {
            return List.of(overSsh);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.withdrawAddress(this);
        }
    }

    /**
     * Makes sure, over SSH, that the old source's process is gone: what would start it again is stopped, exactly this process
     * is killed. Done when there is none.
     */
    record Fence(ServerId server) implements Step {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.fence(this);
        }
    }

    /** Watches whether the fenced process comes back, for as long as the operator says, and ends it again if it does. */
    record AwaitFence(ServerId server) implements Step {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.awaitFence(this);
        }
    }

    /**
     * Stops the old source for good by the operator's hook; repeated after a crash.
     *
     * @param overSsh whether the hook may log in to the host
     */
    record ShutDown(ServerId server, boolean overSsh) implements Step {
        @Override
        public List<Object> parts() {
            return List.of(overSsh);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.shutDown(this);
        }
    }

    /**
     * Finds, over SSH, where in the old source's binary log begins what some replicas lack that do not say how far they are in
     * it. Done when it is known; nothing is changed.
     *
     * @param executed what each of them has executed
     */
    record FindTail(ServerId server, List<Gtids> executed) implements Step {
        public FindTail {
            executed = List.copyOf(executed);
        }

        @Override
        public List<Object> parts() {
            return List.of(executed);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.findTail(this);
        }
    }

    /**
     * Saves the old source's binary log from {@code from} to the end of its last whole transaction, over SSH, into an
     * archive on the manager. Never repeated once it succeeded: levelling refers to the archive by its name.
     *
     * @param from   the least advanced executed position; or where {@code behind} ends
     * @param behind the archive of an earlier reading, which could not be the last: the new one holds that too
     */
    record SaveTail(
            ServerId server,
            BinlogPosition from,
            @AddedLater Optional<String> behind) implements Step {
        /** The first reading from there. */
        public SaveTail(ServerId server, BinlogPosition from) {
            this(server, from, Optional.empty());
        }

        @Override
        public List<Object> parts() {
            return List.of(from, behind);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.saveTail(this);
        }
    }

    /**
     * Saves from a replica's relay logs what it received from {@code from} on, as {@link SaveTail} does.
     *
     * @param from where another replica stands, in the old source's binary log
     */
    record SaveRelayLog(ServerId server, BinlogPosition from) implements Step {
        @Override
        public List<Object> parts() {
            return List.of(from);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.saveRelayLog(this);
        }
    }

    /**
     * Gives a replica what an archive holds and it lacks; its own relay log has been executed before. Done when it has
     * executed all of the archive.
     *
     * @param archive name of the archive
     * @param upTo    its end, in the old source's binary log
     */
    record Level(ServerId server, String archive, BinlogPosition upTo) implements Step {
        @Override
        public List<Object> parts() {
            return List.of(archive, upTo);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.level(this);
        }
    }

    /** Waits until everything in its relay log is executed. Done when nothing is left to execute. */
    record ApplyRelayLog(ServerId server) implements Step {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.applyRelayLog(this);
        }
    }

    /** Fetches what it lacks from another replica by GTID. Done when it has executed {@code upTo}. */
    record CatchUp(ServerId server, ServerId from, Gtids upTo) implements Step {
        @Override
        public List<Object> parts() {
            return List.of(from, upTo);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.catchUp(this);
        }
    }

    /**
     * Asks the old source, which is not proven to be stopped, once more whether it answers; fails if it does: opening another one could
     * make two sources. Nothing is changed.
     *
     * @param newSource who would be opened
     */
    record LookAtSource(ServerId server, ServerId newSource) implements Step {
        @Override
        public List<Object> parts() {
            return List.of(newSource);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.lookAtSource(this);
        }
    }

    /**
     * Ends the new source's life as a replica. Done when it has no replication settings, or, with {@code keepSettings},
     * when its threads are stopped.
     */
    record Detach(ServerId server, boolean keepSettings) implements Step {
        @Override
        public List<Object> parts() {
            return List.of(keepSettings);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.detach(this);
        }
    }

    /**
     * Reads where the new source's binary log ends, once, before it takes writes. Never repeated: what the journal holds
     * stays valid, a later reading would not.
     */
    record ReadCoordinates(ServerId server) implements Step {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.readCoordinates(this);
        }
    }

    /** Gives the writers' address to the new source by the operator's hook; repeated after a crash. */
    record AssignAddress(ServerId server, ServerId oldSource) implements Step {
        @Override
        public List<Object> parts() {
            return List.of(oldSource);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.assignAddress(this);
        }
    }

    /** Lets the new source take writes. Done when it is writable. */
    record MakeWritable(ServerId server) implements Step {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.makeWritable(this);
        }
    }

    /**
     * Sees at the end that the new source lives and takes writes; one that was started anew since it was opened, and is read-only
     * again, is opened again. Done each time it is asked for.
     */
    record ConfirmOpen(ServerId server) implements Step {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.confirmOpen(this);
        }
    }

    /**
     * Makes a replica follow the new source. Done when it names the new source and both threads run.
     *
     * @param sourceName  the new source's address or host name, whichever the replica used for the old one
     * @param start       where it goes on
     * @param mustBeAt    old source's position that it must have executed, all its relay log applied, before it may be
     *                    re-pointed by file and position; absent with GTIDs
     */
    record Repoint(
            ServerId server, ServerId newSource, String sourceName, Start start, Optional<BinlogPosition> mustBeAt)
            implements Step {
        @Override
        public List<Object> parts() {
            return List.of(newSource, sourceName, start.place(), mustBeAt);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.repoint(this);
        }
    }

    /** Waits until a re-pointed replica has executed {@code upTo}. Done when it has. */
    record AwaitSync(ServerId server, Gtids upTo) implements Step {
        @Override
        public List<Object> parts() {
            return List.of(upTo);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.awaitSync(this);
        }
    }

    /** Where a replica begins to read from its new source. */
    sealed interface Start {
        /** In the new source's binary log; empty where its own GTIDs say it. */
        Optional<BinlogPosition> place();

        /** At a place in the new source's binary log. */
        record At(BinlogPosition position) implements Start {
            @Override
            public Optional<BinlogPosition> place() {
                return Optional.of(position);
            }
        }

        /** Where its own GTIDs say. */
        record ByGtid() implements Start {
            @Override
            public Optional<BinlogPosition> place() {
                return Optional.empty();
            }
        }
    }

    /** One method for each kind of step: a new kind does not compile until every reader handles it. */
    interface Cases<R> {
        R startApplier(StartApplier step);

        R stopReceiver(StopReceiver step);

        R withdrawAddress(WithdrawAddress step);

        R fence(Fence step);

        R awaitFence(AwaitFence step);

        R shutDown(ShutDown step);

        R findTail(FindTail step);

        R saveTail(SaveTail step);

        R saveRelayLog(SaveRelayLog step);

        R level(Level step);

        R applyRelayLog(ApplyRelayLog step);

        R catchUp(CatchUp step);

        R lookAtSource(LookAtSource step);

        R detach(Detach step);

        R readCoordinates(ReadCoordinates step);

        R assignAddress(AssignAddress step);

        R makeWritable(MakeWritable step);

        R confirmOpen(ConfirmOpen step);

        R repoint(Repoint step);

        R awaitSync(AwaitSync step);
    }
}
