package io.mha4j.decision.online;

import io.mha4j.base.ServerId;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/**
 * For how long writes would be stopped, by counting the questions of each step; what scripts take, and waiting for others'
 * locks, comes on top.
 */
public final class BlockEstimate {
    /** Questions to the server; most steps look at their result. */
    private static final Map<Class<? extends OnlineStep>, Integer> QUESTIONS = Map.of(
            OnlineStep.SetScheduler.class, 2,
            OnlineStep.BlockWrites.class, 6,
            OnlineStep.LockTables.class, 2,
            OnlineStep.ReadSwitchPoint.class, 3,
            OnlineStep.ProveEqual.class, 4,
            OnlineStep.StopReplication.class, 5,
            OnlineStep.ReadCoordinates.class, 3,
            OnlineStep.ConfirmStill.class, 3,
            OnlineStep.AllowWrites.class, 6);

    /** How long a place must stand still that no lock holds. */
    private static final Duration STANDSTILL = Duration.ofMillis(200);

    private BlockEstimate() {}

    /**
     * The sum over all steps that stop writes.
     *
     * @param question how long one question to a server takes
     * @param login    how long a login takes; the old source is logged in to anew behind a script
     */
    public static Duration of(OnlinePlan plan, Function<ServerId, Duration> question, Duration login) {
        Duration sum = Duration.ZERO;
        for (OnlineStep step : plan.blocking()) {
            int times = QUESTIONS.getOrDefault(step.getClass(), 0);
            sum = sum.plus(question.apply(step.server()).multipliedBy(times));
            if (step instanceof OnlineStep.WithdrawAddress) {
                sum = sum.plus(login);
            }
            if (step instanceof OnlineStep.ReadSwitchPoint read && !read.locked()) {
                sum = sum.plus(STANDSTILL);
            }
        }
        return sum;
    }
}
