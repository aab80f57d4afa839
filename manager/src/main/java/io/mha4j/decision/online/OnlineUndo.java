package io.mha4j.decision.online;

import io.mha4j.decision.online.OnlineStep.AllowWrites;
import io.mha4j.decision.online.OnlineStep.AssignAddress;
import io.mha4j.decision.online.OnlineStep.BlockWrites;
import io.mha4j.decision.online.OnlineStep.CloseAgain;
import io.mha4j.decision.online.OnlineStep.MoveAddress;
import io.mha4j.decision.online.OnlineStep.SemiSyncSource;
import io.mha4j.decision.online.OnlineStep.SetCheckpointPeriod;
import io.mha4j.decision.online.OnlineStep.SetScheduler;
import io.mha4j.decision.online.OnlineStep.StartReplication;
import io.mha4j.decision.online.OnlineStep.UnlockTables;
import io.mha4j.decision.online.OnlineStep.WithdrawAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What puts back what a step changed. Every undo is right too where the step did half of its work or nothing. Steps
 * behind the opening of the new source have none: from then on the switch is finished, not undone.
 */
public final class OnlineUndo implements OnlineStep.Cases<Optional<OnlineStep>> {
    private static final OnlineUndo UNDO = new OnlineUndo();

    private OnlineUndo() {}

    /**
     * Undoes these steps, the last first. Where the new source may have been opened, by us or by the operator's script,
     * that comes before everything else: nothing may follow if it fails, or two servers could be writable.
     *
     * @param begun every step that was begun, in order, the failed one too
     */
    public static List<OnlineStep> of(List<OnlineStep> begun) {
        List<OnlineStep> undo = new ArrayList<>();
        begun.stream()
                .filter(s -> s instanceof AssignAddress || s instanceof AllowWrites)
                .findFirst()
                .ifPresent(s -> undo.add(new CloseAgain(s.server())));
        for (int i = begun.size() - 1; i >= 0; i--) {
            begun.get(i).match(UNDO).ifPresent(undo::add);
        }
        // Stable: what lets clients write again comes before what only concerns replicas.
        undo.sort(Comparator.comparing(OnlineUndo::concernsReplicasOnly));
        return List.copyOf(undo);
    }

    /**
     * What is not put back: a new source that took writes as a replica stays closed, as long as nobody has seen that they
     * belong there.
     */
    public static Optional<OnlineStep> left(List<OnlineStep> begun, OnlineFacts facts) {
        return begun.stream()
                .filter(s -> s instanceof AssignAddress || s instanceof AllowWrites)
                .findFirst()
                .flatMap(s -> facts.tree().replica(s.server()))
                .filter(r -> !r.facts().readOnly())
                .map(r -> new AllowWrites(r.id()));
    }

    /** Whether clients can do without it: what must not wait for a server that is dead or out of reach comes before. */
    public static boolean concernsReplicasOnly(OnlineStep undo) {
        return undo instanceof StartReplication
                || undo instanceof SemiSyncSource
                || undo instanceof SetCheckpointPeriod;
    }

    @Override
    public Optional<OnlineStep> flushTables(OnlineStep.FlushTables step) {
        return Optional.empty();
    }

    @Override
    public Optional<OnlineStep> approach(OnlineStep.Approach step) {
        return Optional.empty();
    }

    @Override
    public Optional<OnlineStep> setScheduler(SetScheduler step) {
        return Optional.of(new SetScheduler(step.server(), !step.on()));
    }

    @Override
    public Optional<OnlineStep> setCheckpointPeriod(SetCheckpointPeriod step) {
        return Optional.of(new SetCheckpointPeriod(step.server(), step.beforeMillis(), step.millis()));
    }

    @Override
    public Optional<OnlineStep> semiSyncSource(SemiSyncSource step) {
        return Optional.of(new SemiSyncSource(step.server(), !step.on()));
    }

    @Override
    public Optional<OnlineStep> semiSyncReplica(OnlineStep.SemiSyncReplica step) {
        return Optional.empty();
    }

    @Override
    public Optional<OnlineStep> withdrawAddress(WithdrawAddress step) {
        return Optional.of(new AssignAddress(step.server(), step.successor()));
    }

    @Override
    public Optional<OnlineStep> assignAddress(AssignAddress step) {
        return Optional.of(new WithdrawAddress(step.server(), step.predecessor()));
    }

    @Override
    public Optional<OnlineStep> moveAddress(MoveAddress step) {
        return Optional.of(new MoveAddress(step.predecessor(), step.server()));
    }

    @Override
    public Optional<OnlineStep> blockWrites(BlockWrites step) {
        return Optional.of(
                step.hadReadOnly() ? new OnlineStep.AllowSuper(step.server()) : new AllowWrites(step.server()));
    }

    @Override
    public Optional<OnlineStep> allowSuper(OnlineStep.AllowSuper step) {
        return Optional.empty();
    }

    /** {@link CloseAgain} did it already. */
    @Override
    public Optional<OnlineStep> allowWrites(AllowWrites step) {
        return Optional.empty();
    }

    @Override
    public Optional<OnlineStep> lockTables(OnlineStep.LockTables step) {
        return Optional.of(new UnlockTables(step.server(), false));
    }

    @Override
    public Optional<OnlineStep> unlockTables(UnlockTables step) {
        return Optional.empty();
    }

    @Override
    public Optional<OnlineStep> readSwitchPoint(OnlineStep.ReadSwitchPoint step) {
        return Optional.empty();
    }

    @Override
    public Optional<OnlineStep> proveEqual(OnlineStep.ProveEqual step) {
        return Optional.empty();
    }

    @Override
    public Optional<OnlineStep> confirmStill(OnlineStep.ConfirmStill step) {
        return Optional.empty();
    }

    /** The partner of a pair may be what the switch failed by; the receiver goes on trying to reach it by itself. */
    @Override
    public Optional<OnlineStep> stopReplication(OnlineStep.StopReplication step) {
        return Optional.of(new StartReplication(step.server(), step.ran(), false));
    }

    @Override
    public Optional<OnlineStep> startReplication(StartReplication step) {
        return Optional.empty();
    }

    @Override
    public Optional<OnlineStep> readCoordinates(OnlineStep.ReadCoordinates step) {
        return Optional.empty();
    }

    @Override
    public Optional<OnlineStep> closeAgain(CloseAgain step) {
        return Optional.empty();
    }

    @Override
    public Optional<OnlineStep> forgetSource(OnlineStep.ForgetSource step) {
        return Optional.empty();
    }

    @Override
    public Optional<OnlineStep> repoint(OnlineStep.Repoint step) {
        return Optional.empty();
    }

    @Override
    public Optional<OnlineStep> rejoin(OnlineStep.Rejoin step) {
        return Optional.empty();
    }
}
