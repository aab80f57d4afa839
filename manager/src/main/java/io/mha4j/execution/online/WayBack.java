package io.mha4j.execution.online;

import io.mha4j.base.Deadline;
import io.mha4j.decision.online.OnlineStep;
import io.mha4j.decision.online.OnlineUndo;
import io.mha4j.mysql.MysqlException;
import io.mha4j.report.EventLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Puts back what a switch had begun. */
final class WayBack {
    /** How long it waits for servers that are out of reach, in all. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

    private final OnlineStep.Cases<String> steps;
    private final OnlineSteps.Time time;
    private final EventLog log;

    WayBack(OnlineStep.Cases<String> steps, OnlineSteps.Time time, EventLog log) {
        this.steps = steps;
        this.time = time;
        this.log = log;
    }

    /**
     * How far it came.
     *
     * @param open      whether clients can write to the old source as before
     * @param openSince tick at which they could, or at which that was given up
     * @param left      what is not as it was, in words
     */
    record Result(boolean open, long openSince, List<String> left) {
        Result {
            left = List.copyOf(left);
        }
    }

    /**
     * Undoes these steps.
     *
     * @param closedAgain told when the new source was closed and nobody had written to it
     * @throws NotStillException if somebody had
     */
    Result undo(List<OnlineStep> begun, Runnable closedAgain) {
        boolean open = true;
        long openSince = time.ticks().nanos();
        List<String> left = new ArrayList<>();
        Deadline patience = time.within(PATIENCE);
        for (OnlineStep step : OnlineUndo.of(begun)) {
            boolean forClients = !OnlineUndo.concernsReplicasOnly(step);
            try {
                log.info("{}", OnlineWords.done(step, insist(step, patience)));
                if (step instanceof OnlineStep.CloseAgain) {
                    closedAgain.run();
                }
            } catch (NotStillException e) {
                throw e;
            } catch (RuntimeException e) {
                Failures.tell(log, Failures.of(step, e), e);
                left.add(OnlineWords.of(step));
                open = open && !forClients;
                if (step instanceof OnlineStep.CloseAgain) {
                    break;
                }
            }
            openSince = forClients ? time.ticks().nanos() : openSince;
        }
        return new Result(open, openSince, left);
    }

    /** A server that is out of reach for a moment is not left closed: nobody could write until somebody comes. */
    private String insist(OnlineStep step, Deadline patience) {
        while (true) {
            try {
                return step.match(steps);
            } catch (MysqlException e) {
                if (e.kind() != MysqlException.Kind.UNREACHABLE || patience.isOver()) {
                    throw e;
                }
                log.warning(
                        "{}: {}; tried again, for {} s at the most",
                        OnlineWords.of(step),
                        e.getMessage(),
                        patience.remaining().toSeconds());
                time.pause(TRY_AGAIN, "waiting for " + step.server());
            }
        }
    }
}
