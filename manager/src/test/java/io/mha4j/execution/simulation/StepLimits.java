package io.mha4j.execution.simulation;

import io.mha4j.decision.Step;
import java.time.Duration;
import java.util.List;

/**
 * What each kind of step may take at most: the sum of the deadlines in {@code ServerSteps}, {@code HookSteps},
 * {@code RescueSteps}, {@code LevelSteps} and {@code FenceSteps}.
 */
final class StepLimits implements Step.Cases<Duration> {
    private static final Duration SHORT = Duration.ofSeconds(30);
    private static final Duration STOPPING = Duration.ofSeconds(100);
    private static final Duration HOOK = Duration.ofSeconds(60);
    private static final Duration LONG = Duration.ofHours(6);

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration FENCE = Duration.ofMinutes(2);
    private static final Duration LEVEL = sum(LONG, LONG, LONG, STOPPING, STOPPING, STOPPING);
    private static final Duration CATCH_UP = sum(STOPPING, SHORT, LONG, STOPPING);
    private static final Duration DETACH = sum(STOPPING, STOPPING);
    private static final Duration REPOINT = sum(LONG, STOPPING, SHORT, SHORT);

    /** Between the death of a manager and the next one's first step. */
    static final Duration RESTART = Duration.ofMinutes(5);

    private static Duration sum(Duration... parts) {
        return List.of(parts).stream().reduce(Duration.ZERO, Duration::plus);
    }

    /**
     * What a whole failover may take, with every step at its limit: nothing is tried twice in one life of the manager, and
     * steps of one group go on at the same time. A death costs at most the longest group once more.
     */
    static Duration wholeRun(int replicas, int lives) {
        Duration cutOff = sum(SHORT, SHORT, SHORT, HOOK, FENCE, FENCE, HOOK).plus(LONG.multipliedBy(3));
        Duration levelOne = sum(LONG, CATCH_UP, LEVEL.multipliedBy(2)).plus(LONG.multipliedBy(replicas));
        Duration open = sum(LOOK, DETACH, SHORT, HOOK, SHORT);
        Duration repoint = sum(REPOINT, REPOINT, LONG, levelOne, SHORT, SHORT);
        Duration once = cutOff.plus(levelOne.plus(open).multipliedBy(replicas)).plus(repoint);
        return once.plus(LEVEL.plus(RESTART).multipliedBy(lives - 1L));
    }

    @Override
    public Duration startApplier(Step.StartApplier step) {
        return SHORT;
    }

    @Override
    public Duration stopReceiver(Step.StopReceiver step) {
        return sum(SHORT, SHORT);
    }

    @Override
    public Duration withdrawAddress(Step.WithdrawAddress step) {
        return HOOK;
    }

    @Override
    public Duration fence(Step.Fence step) {
        return FENCE;
    }

    @Override
    public Duration awaitFence(Step.AwaitFence step) {
        return FENCE;
    }

    @Override
    public Duration shutDown(Step.ShutDown step) {
        return HOOK;
    }

    @Override
    public Duration findTail(Step.FindTail step) {
        return LONG;
    }

    @Override
    public Duration saveTail(Step.SaveTail step) {
        return LONG;
    }

    @Override
    public Duration saveRelayLog(Step.SaveRelayLog step) {
        return LONG;
    }

    @Override
    public Duration level(Step.Level step) {
        return LEVEL;
    }

    @Override
    public Duration applyRelayLog(Step.ApplyRelayLog step) {
        return LONG;
    }

    @Override
    public Duration catchUp(Step.CatchUp step) {
        return CATCH_UP;
    }

    @Override
    public Duration lookAtSource(Step.LookAtSource step) {
        return LOOK;
    }

    @Override
    public Duration detach(Step.Detach step) {
        return DETACH;
    }

    @Override
    public Duration readCoordinates(Step.ReadCoordinates step) {
        return SHORT;
    }

    @Override
    public Duration assignAddress(Step.AssignAddress step) {
        return HOOK;
    }

    @Override
    public Duration makeWritable(Step.MakeWritable step) {
        return SHORT;
    }

    @Override
    public Duration confirmOpen(Step.ConfirmOpen step) {
        return sum(SHORT, SHORT);
    }

    @Override
    public Duration repoint(Step.Repoint step) {
        return REPOINT;
    }

    @Override
    public Duration awaitSync(Step.AwaitSync step) {
        return LONG;
    }
}
