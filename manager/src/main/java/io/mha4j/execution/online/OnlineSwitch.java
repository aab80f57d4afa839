package io.mha4j.execution.online;

import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.decision.online.OnlinePlan;
import io.mha4j.decision.online.OnlineStep;
import io.mha4j.execution.Permit;
import io.mha4j.execution.SideBySide;
import io.mha4j.mysql.MysqlException;
import io.mha4j.report.EventLog;
import io.mha4j.report.ReportException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** One online switch from its first step to its end: done, done in part, or undone. */
public final class OnlineSwitch {
    private final Permit permit;
    private final SwitchActs steps;
    private final OnlineSteps.Time time;
    private final EventLog log;
    private final OnlineRecord record;
    private final List<OnlineStep> begun = new ArrayList<>();

    public OnlineSwitch(Permit permit, OnlineRecord record, OnlineSteps steps, OnlineSteps.Time time, EventLog log) {
        this(permit, record, (SwitchActs) steps, time, log);
    }

    OnlineSwitch(Permit permit, OnlineRecord record, SwitchActs steps, OnlineSteps.Time time, EventLog log) {
        this.permit = permit;
        this.record = record;
        this.steps = steps;
        this.time = time;
        this.log = log;
    }

    /** How it ended. */
    public sealed interface End {
        /**
         * The new source takes the writes.
         *
         * @param blocked how long nobody could write
         * @param scripts how much of that the operator's scripts took
         * @param failed  steps behind the opening that did not succeed
         */
        record Done(Duration blocked, Duration scripts, List<OnlineStep> failed) implements End {
            public Done {
                failed = List.copyOf(failed);
            }

            public boolean complete() {
                return failed.isEmpty();
            }
        }

        /**
         * The old source is the source.
         *
         * @param why     which step failed, and how
         * @param blocked how long nobody could write
         * @param left    what is not as it was, though clients can do without it
         */
        record Undone(String why, Duration blocked, List<String> left) implements End {
            public Undone {
                left = List.copyOf(left);
            }
        }

        /**
         * It could not be undone, either.
         *
         * @param left what is not as it was
         */
        record Stuck(String why, List<String> left) implements End {
            public Stuck {
                left = List.copyOf(left);
            }
        }
    }

    /** A step failed. */
    private static final class StepFailed extends MhaException {
        private final RuntimeException cause;

        StepFailed(OnlineStep step, RuntimeException cause) {
            super(Failures.of(step, cause), cause);
            this.cause = cause;
        }
    }

    /** Carries it out. */
    public End run(OnlinePlan plan) {
        long blockedAt = time.ticks().nanos();
        try {
            connect(plan);
            record.blocking();
            plan.preparation().forEach(this::act);
            heading("* Phase 2: Rejecting updates Phase..");
            steps.begin(plan.blocking().get(0));
            blockedAt = time.ticks().nanos();
            plan.blocking().forEach(this::act);
        } catch (RuntimeException e) {
            boolean stopped = begun.stream().anyMatch(plan.blocking()::contains);
            return undone(e, plan, stopped ? blockedAt : time.ticks().nanos());
        }
        return finished(plan, blockedAt, List.of());
    }

    /**
     * Takes up a run whose process died: finishes it if the new source was opened, else undoes it; finishes it too if the
     * new source was written to.
     *
     * @param cut how far it was
     */
    public End takeUp(OnlinePlan plan, OnlineJournal.Cut cut) {
        long now = time.ticks().nanos();
        cut.opening().ifPresent(steps::remember);
        begun.addAll(plan.preparation());
        plan.blocking().stream()
                .filter(step -> cut.opening().isPresent() || cut.closed() || !mayOpen(step))
                .forEach(begun::add);
        return cut.opened() ? forward(plan, now) : undone("its process died", plan, now);
    }

    private void heading(String text) {
        log.info("");
        log.info("{}", text);
        log.info("");
    }

    private End finished(OnlinePlan plan, long blockedAt, List<OnlineStep> before) {
        Duration blocked = since(blockedAt);
        Duration scripts = steps.spentInScripts();
        opened(plan.newSource());
        log.info("Writes were stopped for {} ms; of these scripts took {} ms", blocked.toMillis(), scripts.toMillis());
        heading("* Switching slaves in parallel..");
        List<OnlineStep> failed = new ArrayList<>(before);
        List<Callable<List<OnlineStep>>> chains = new ArrayList<>();
        plan.following().forEach(chain -> chains.add(() -> failing(chain)));
        SideBySide.run("switch-step", chains).forEach(failed::addAll);
        for (OnlineStep step : plan.finishing()) {
            if (!plan.stopsCommits(step, failed) && !attempt(step)) {
                failed.add(step);
            }
        }
        if (plan.lacksAcknowledgement(failed)) {
            log.warning(
                    "{}",
                    OnlineWords.withoutSemiSync(
                            plan.newSource(), plan.semiSync().needed()));
        }
        return new End.Done(blocked, scripts, failed);
    }

    /** There is no way back: a disk that is full now holds up nobody who waits for the new source. */
    private void opened(ServerId newSource) {
        try {
            record.opened();
        } catch (ReportException e) {
            log.error("{} is open, and that could not be written down: {}", newSource, e.getMessage());
        }
    }

    /** Does all of them, whatever becomes of each; those that did not succeed. */
    private List<OnlineStep> failing(List<OnlineStep> chain) {
        return chain.stream().filter(step -> !attempt(step)).toList();
    }

    private Duration since(long tick) {
        return Duration.ofNanos(time.ticks().nanos() - tick);
    }

    /** Everything slow comes before writes stop. */
    private void connect(OnlinePlan plan) {
        List<Callable<Boolean>> work = new ArrayList<>();
        plan.steps()
                .map(OnlineStep::server)
                .distinct()
                .forEach(server -> work.add(() -> {
                    steps.connect(server);
                    return true;
                }));
        SideBySide.run("switch-connect", work);
    }

    private void act(OnlineStep step) {
        permit.requireHeld();
        if (givesAddress(step)) {
            requireAnswer(step);
        }
        if (mayOpen(step) && begun.stream().noneMatch(OnlineSwitch::mayOpen)) {
            record.opening(steps.place());
        }
        begun.add(step);
        try {
            tell(step, step.match(steps));
        } catch (RuntimeException e) {
            // A defect of ours, too, must leave somebody who can be written to.
            throw new StepFailed(step, e);
        }
    }

    private static boolean givesAddress(OnlineStep step) {
        return step instanceof OnlineStep.AssignAddress || step instanceof OnlineStep.MoveAddress;
    }

    /** Behind this the way back needs the new source; one that died or was cut off meanwhile is noticed before. */
    private void requireAnswer(OnlineStep step) {
        try {
            steps.requireAnswer(step.server());
        } catch (MysqlException e) {
            throw new StepFailed(step, e);
        }
    }

    /** Scripts may do so too, as MHA's sample does. */
    private static boolean mayOpen(OnlineStep step) {
        return step instanceof OnlineStep.AssignAddress || step instanceof OnlineStep.AllowWrites;
    }

    private void tell(OnlineStep step, String learned) {
        log.info("{}", OnlineWords.done(step, learned));
    }

    /** Whether it succeeded; says why not. */
    private boolean attempt(OnlineStep step) {
        try {
            tell(step, step.match(steps));
            return true;
        } catch (RuntimeException e) {
            Failures.tell(log, Failures.of(step, e), e);
            return false;
        }
    }

    private End undone(RuntimeException why, OnlinePlan plan, long blockedAt) {
        String sentence = Failures.why(why);
        Failures.tell(log, sentence, why instanceof StepFailed failed ? failed.cause : why);
        log.info("Undoing what was begun..");
        return undone(sentence, plan, blockedAt);
    }

    private End undone(String why, OnlinePlan plan, long blockedAt) {
        try {
            WayBack.Result result = new WayBack(steps, time, log).undo(begun, record::closedAgain);
            if (!result.open()) {
                return new End.Stuck(why, result.left());
            }
            List<String> left = new ArrayList<>(result.left());
            left.addAll(steps.leftWhenUndone(begun));
            return new End.Undone(why, Duration.ofNanos(result.openSince() - blockedAt), left);
        } catch (NotStillException e) {
            log.error("{}: the switch cannot be undone any more, so it is finished", e.getMessage());
            return forward(plan, blockedAt);
        }
    }

    /** The new source has been opened, by us or by the operator's script, and has been or may have been written to. */
    private End forward(OnlinePlan plan, long blockedAt) {
        // The old source first: it may have been restarted since, and come up writable.
        for (OnlineStep step : begun) {
            if (step instanceof OnlineStep.BlockWrites && !attempt(step) && steps.answers(step.server())) {
                return new End.Stuck("the old master may take writes, so the new one is not opened", words(step));
            }
        }
        List<OnlineStep> failed = new ArrayList<>(failingOf(OnlineStep.MoveAddress.class));
        OnlineStep open = new OnlineStep.AllowWrites(plan.newSource());
        if (!attempt(open)) {
            return new End.Stuck("the new master cannot be opened", words(open));
        }
        // Whether the script hangs once more or not, the old source is closed: nobody waits for it.
        failed.addAll(failingOf(OnlineStep.AssignAddress.class));
        return finished(plan, blockedAt, failed);
    }

    /** Does again those steps of one kind that were begun. */
    private List<OnlineStep> failingOf(Class<? extends OnlineStep> kind) {
        return failing(begun.stream().filter(kind::isInstance).toList());
    }

    private static List<String> words(OnlineStep step) {
        return List.of(OnlineWords.of(step));
    }
}
