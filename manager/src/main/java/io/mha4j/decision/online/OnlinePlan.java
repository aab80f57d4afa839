package io.mha4j.decision.online;

import io.mha4j.base.ServerId;
import io.mha4j.config.ServerSettings;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.Replica;
import io.mha4j.topology.ServerFacts;
import io.mha4j.topology.ServerFacts.SemiSync;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every step of one online switch. What comes before the end of {@code blocking} is undone when a step fails; what
 * comes after it is tried, each for itself.
 *
 * @param newSource   who becomes the source
 * @param preparation while writes go on
 * @param blocking    from the first step on nobody writes; the last one opens the new source
 * @param following   what concerns one server each, in turn; the servers side by side, so that nobody waits for a slow one
 * @param finishing   when all of that is over, in turn
 * @param semiSync    who lets the new source's commits go on
 */
public record OnlinePlan(
        ServerId newSource,
        List<OnlineStep> preparation,
        List<OnlineStep> blocking,
        List<List<OnlineStep>> following,
        List<OnlineStep> finishing,
        SemiSyncPart semiSync) {
    public OnlinePlan {
        preparation = List.copyOf(preparation);
        blocking = List.copyOf(blocking);
        following = following.stream().map(List::copyOf).toList();
        finishing = List.copyOf(finishing);
    }

    /**
     * What becomes of semi-sync.
     *
     * @param wanted         whether the new source's commits are to wait for an acknowledgement
     * @param needed         how many must send it
     * @param acknowledgedBy replicas of the new source that will send it, those that follow it already among them
     */
    public record SemiSyncPart(boolean wanted, int needed, List<ServerId> acknowledgedBy) {
        public SemiSyncPart {
            acknowledgedBy = List.copyOf(acknowledgedBy);
        }

        boolean lacks(long acknowledging) {
            return wanted && acknowledging < needed;
        }
    }

    /**
     * Whether commits of the new source would wait for acknowledgements that nobody, or too few, send.
     *
     * @param failed steps that did not succeed
     */
    public boolean lacksAcknowledgement(List<OnlineStep> failed) {
        return semiSync.lacks(semiSync.acknowledgedBy().stream()
                .filter(server -> failed.stream()
                        .filter(step -> step.server().equals(server))
                        .noneMatch(OnlinePlan::makesAcknowledge))
                .count());
    }

    private static boolean makesAcknowledge(OnlineStep step) {
        return step instanceof OnlineStep.Repoint
                || step instanceof OnlineStep.Rejoin
                || step instanceof OnlineStep.SemiSyncReplica;
    }

    /** Whether a step would make clients wait for acknowledgements that nobody, or too few, send. */
    public boolean stopsCommits(OnlineStep step, List<OnlineStep> failed) {
        return step.equals(new OnlineStep.SemiSyncSource(newSource, true)) && lacksAcknowledgement(failed);
    }

    /** All steps in order. */
    public Stream<OnlineStep> steps() {
        Stream<OnlineStep> opening = Stream.of(preparation, blocking).flatMap(List::stream);
        Stream<OnlineStep> moving = following.stream().flatMap(List::stream);
        return Stream.of(opening, moving, finishing.stream()).flatMap(part -> part);
    }

    /** The plan for making {@code newSource}, a replica of the old source, its successor. */
    public static OnlinePlan of(OnlineFacts facts, ServerId newSource) {
        Maker maker = new Maker(facts, newSource);
        return new OnlinePlan(
                newSource,
                maker.preparation(),
                maker.blocking(),
                maker.following(),
                maker.finishing(),
                maker.semiSync());
    }

    private record Maker(OnlineFacts facts, ServerId old, ServerId next, AddressBy by) {
        /** Milliseconds; the least that servers take. */
        private static final long OFTEN = 1;

        /** What moves the address that clients write to. */
        private enum AddressBy {
            NOTHING,
            /** In two steps: it may end connections and open or close servers itself. */
            CALLS,
            /** In one step, when both servers are closed. */
            MOVE
        }

        Maker(OnlineFacts facts, ServerId next) {
            this(facts, facts.oldSource(), next, addressBy(facts, facts.oldSource(), next));
        }

        /** Without the read lock somebody may write to the old source in spite of {@code read_only}: cut off first, then. */
        private static AddressBy addressBy(OnlineFacts facts, ServerId old, ServerId next) {
            List<ServerSettings.Scripts> both =
                    Stream.of(old, next).map(s -> facts.settings(s).scripts()).toList();
            if (both.stream().allMatch(s -> s.vip().isPresent())
                    && facts.wishes().lockTables()) {
                return AddressBy.MOVE;
            }
            boolean any = both.stream()
                    .anyMatch(s -> s.ipOnlineChange().isPresent() || s.vip().isPresent());
            return any ? AddressBy.CALLS : AddressBy.NOTHING;
        }

        private ServerFacts oldFacts() {
            return facts.source();
        }

        private ServerFacts nextFacts() {
            return facts.tree().replica(next).map(Replica::facts).orElseThrow();
        }

        private boolean schedules() {
            return oldFacts().eventScheduler().equals("ON");
        }

        /** Whether the old source itself follows somebody, as in a pair. */
        private boolean replicates() {
            return facts.tree()
                    .sourceFollows()
                    .filter(s -> s.receiver().running() || s.applier().running())
                    .isPresent();
        }

        /** Which of the old source's own threads go on afterwards: one that was stopped on purpose stays so. */
        private OnlineStep.Threads threads() {
            return facts.tree().sourceFollows().map(OnlineStep.Threads::on).orElse(OnlineStep.Threads.BOTH);
        }

        /** Accounts with privileges write in spite of {@code read_only}, behind the read lock too. */
        private boolean mayStopMore() {
            return !oldFacts().version().isMariadb() && !oldFacts().superReadOnly();
        }

        List<OnlineStep> preparation() {
            List<OnlineStep> steps = new ArrayList<>();
            if (facts.wishes().flushTables()) {
                steps.add(new OnlineStep.FlushTables(old));
            }
            if (nextFacts().semiSync().sourceEnabled()) {
                // Its first writes would wait for replicas that have not moved yet.
                steps.add(new OnlineStep.SemiSyncSource(next, false));
            }
            Stream.concat(Stream.of(next), moving().stream())
                    .flatMap(replica -> telling(replica, true))
                    .forEach(steps::add);
            steps.add(new OnlineStep.Approach(next, old));
            return steps;
        }

        List<OnlineStep> blocking() {
            boolean lock = facts.wishes().lockTables();
            List<OnlineStep> steps = new ArrayList<>();
            if (by == AddressBy.CALLS) {
                steps.add(new OnlineStep.WithdrawAddress(old, next));
            }
            if (schedules()) {
                steps.add(new OnlineStep.SetScheduler(old, false));
            }
            if (replicates()) {
                // What comes back from the new source would move its end.
                steps.add(new OnlineStep.StopReplication(old, threads()));
            }
            if (!oldFacts().readOnly() || mayStopMore()) {
                steps.add(new OnlineStep.BlockWrites(old, oldFacts().readOnly()));
            }
            if (lock) {
                steps.add(new OnlineStep.LockTables(old));
            }
            steps.add(new OnlineStep.ReadSwitchPoint(old, lock));
            // It goes on replicating: nothing comes any more from a source that stands still, and stopping takes as
            // long as several other steps.
            steps.add(new OnlineStep.ProveEqual(next));
            steps.add(new OnlineStep.ReadCoordinates(next));
            steps.add(new OnlineStep.ConfirmStill(old, OnlineStep.Moment.LOCKED));
            if (by == AddressBy.CALLS) {
                steps.add(new OnlineStep.AssignAddress(next, old));
                // A script takes its time, and may do more to the old source than it says.
                steps.add(new OnlineStep.ConfirmStill(old, OnlineStep.Moment.BEHIND_SCRIPT));
            } else if (by == AddressBy.MOVE) {
                steps.add(new OnlineStep.MoveAddress(next, old));
            }
            steps.add(new OnlineStep.AllowWrites(next));
            return steps;
        }

        /** By file and position a server that tells its place seldom holds up writes, or its own move, until it tells. */
        private Stream<OnlineStep> telling(ServerId replica, boolean often) {
            boolean byPosition = !facts.tree().mode().usesGtids();
            return facts.tree().replica(replica).map(Replica::facts).stream()
                    .filter(f -> byPosition && f.parallelWorkers() > 0 && f.checkpointMillis() > OFTEN)
                    .map(ServerFacts::checkpointMillis)
                    .map(usual -> often
                            ? new OnlineStep.SetCheckpointPeriod(replica, OFTEN, usual)
                            : new OnlineStep.SetCheckpointPeriod(replica, usual, OFTEN));
        }

        /** Replicas of the old source that are to follow the new one. */
        private List<ServerId> moving() {
            return facts.tree().replicas().stream()
                    .map(Replica::id)
                    .filter(id -> facts.wishes().repoint() && !id.equals(next))
                    .toList();
        }

        List<List<OnlineStep>> following() {
            List<List<OnlineStep>> chains = new ArrayList<>(List.of(ofNewSource(), ofOldSource()));
            moving().forEach(id ->
                    chains.add(Stream.concat(Stream.of(new OnlineStep.Repoint(id, next)), telling(id, false))
                            .toList()));
            return chains.stream().filter(chain -> !chain.isEmpty()).toList();
        }

        private List<OnlineStep> ofNewSource() {
            List<OnlineStep> steps = new ArrayList<>();
            boolean keepsSettings = facts.settings(next).policy().skipResetSlave();
            steps.add(
                    keepsSettings
                            ? new OnlineStep.StopReplication(next, OnlineStep.Threads.BOTH)
                            : new OnlineStep.ForgetSource(next));
            telling(next, false).forEach(steps::add);
            if (schedules() && !nextFacts().eventScheduler().equals("DISABLED")) {
                steps.add(new OnlineStep.SetScheduler(next, true));
            }
            return steps;
        }

        private List<OnlineStep> ofOldSource() {
            List<OnlineStep> steps = new ArrayList<>();
            if (facts.wishes().lockTables()) {
                steps.add(new OnlineStep.UnlockTables(old, true));
            }
            if (!facts.wishes().rejoin() && !replicates()) {
                // Nobody looks at it any more, and what was written to it since is in no other server.
                steps.add(new OnlineStep.ConfirmStill(old, OnlineStep.Moment.LEFT));
            }
            if (!leaksToOthers()) {
                steps.addAll(homecoming());
            }
            return steps;
        }

        /**
         * Whether what the old source fetches from its successor would come to others that still follow it, in its own
         * log and under its own positions, and once more when they have moved. With GTIDs nothing is executed twice.
         */
        private boolean leaksToOthers() {
            return !facts.tree().mode().usesGtids()
                    && facts.wishes().repoint()
                    && facts.tree().replicas().size() > 1;
        }

        private List<OnlineStep> homecoming() {
            List<OnlineStep> steps = new ArrayList<>();
            if (facts.wishes().rejoin()) {
                rejoin(steps);
            } else if (replicates()) {
                steps.add(new OnlineStep.StartReplication(old, threads(), true));
            }
            return steps;
        }

        List<OnlineStep> finishing() {
            List<OnlineStep> steps = new ArrayList<>(leaksToOthers() ? homecoming() : List.of());
            steps.addAll(waitingForReplicas());
            return steps;
        }

        /** Its first commits would wait for replicas that have not moved yet; all of them, where too few acknowledge. */
        private List<OnlineStep> waitingForReplicas() {
            SemiSyncPart part = semiSync();
            boolean waits = part.wanted() && !part.lacks(part.acknowledgedBy().size());
            return waits ? List.of(new OnlineStep.SemiSyncSource(next, true)) : List.of();
        }

        SemiSyncPart semiSync() {
            boolean wanted = nextFacts().semiSync().sourceEnabled()
                    || (oldFacts().semiSync().sourceEnabled()
                            && nextFacts().semiSync().known());
            // What is enabled counts with the new connection; the old source may be without the plugin.
            Stream<ServerId> moved = moving().stream().filter(id -> facts.tree()
                    .replica(id)
                    .filter(r -> r.facts().semiSync().replicaEnabled())
                    .isPresent());
            Stream<ServerId> below = facts.tree().lowerTiers().stream()
                    .filter(t -> t.follows().equals(next))
                    .map(ManagedTree.LowerTier::replica)
                    .filter(r -> r.facts().semiSync().replicaActive())
                    .map(Replica::id);
            Stream<ServerId> home = Stream.of(old)
                    .filter(id -> facts.wishes().rejoin())
                    .filter(id -> acknowledgesAtHome() || oldFacts().semiSync().replicaEnabled());
            return new SemiSyncPart(
                    wanted,
                    nextFacts().semiSync().acknowledgementsNeeded(),
                    Stream.of(moved, below, home).flatMap(part -> part).toList());
        }

        /** Whether the old source is told to acknowledge, as its successor did. */
        private boolean acknowledgesAtHome() {
            return oldFacts().semiSync().known() && nextFacts().semiSync().replicaActive();
        }

        private void rejoin(List<OnlineStep> steps) {
            SemiSync had = oldFacts().semiSync();
            if (acknowledgesAtHome()) {
                steps.add(new OnlineStep.SemiSyncReplica(old));
            }
            steps.add(new OnlineStep.Rejoin(old, next));
            if (had.sourceEnabled() && !nextFacts().semiSync().sourceEnabled()) {
                steps.add(new OnlineStep.SemiSyncSource(old, false));
            }
        }
    }
}
