package io.mha4j.execution.simulation;

import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.Next;
import io.mha4j.decision.Outcome;
import io.mha4j.decision.Phase;
import io.mha4j.decision.Progress;
import io.mha4j.decision.Step;
import io.mha4j.decision.StepResult;
import io.mha4j.execution.Failover.Planning;
import io.mha4j.execution.resume.Aftermath.Sequel;
import io.mha4j.execution.resume.FailoverJournal.CutRun;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Mistakes that a planner, a runner of steps or a resume could make, each planted into the real ones. */
enum PlantedBug implements Conduct {
    /** Two steps swapped: clients may write before the new source has left its source. */
    OPENED_BEFORE_DETACHED {
        @Override
        public Next plan(FailoverFacts facts, Planning planner) {
            return steps(planner.next(facts), s -> swapped(s, Step.Detach.class, Step.MakeWritable.class));
        }
    },
    /** Two steps swapped: the place from which replicas are to go on is read when clients write already. */
    COORDINATES_READ_AFTER_OPENING {
        @Override
        public Next plan(FailoverFacts facts, Planning planner) {
            return steps(planner.next(facts), s -> swapped(s, Step.ReadCoordinates.class, Step.MakeWritable.class));
        }
    },
    /** The address leads to the new source before it has all that can be had. */
    ADDRESS_BEFORE_LEVEL {
        @Override
        public Next plan(FailoverFacts facts, Planning planner) {
            Next next = planner.next(facts);
            if (!(next instanceof Next.Run run) || run.phase() != Phase.LEVEL) {
                return next;
            }
            ServerId chosen = run.steps().get(0).server();
            List<Step> early = facts.progress()
                    .left(List.of(new Step.AssignAddress(chosen, facts.tree().source())));
            return early.isEmpty() ? next : new Next.Run(Phase.LEVEL, early, false);
        }
    },
    /** The fence is taken for done. */
    FENCE_SKIPPED {
        @Override
        public StepResult act(Step step, Function<Step, StepResult> cluster) {
            return step instanceof Step.Fence
                    ? new StepResult.Fenced(StepResult.Fence.PROVEN, false, false, "its process is gone")
                    : cluster.apply(step);
        }
    },
    /** The old source is taken for silent when another one is opened. */
    LAST_LOOK_SKIPPED {
        @Override
        public StepResult act(Step step, Function<Step, StepResult> cluster) {
            return step instanceof Step.LookAtSource ? new StepResult.Plain() : cluster.apply(step);
        }
    },
    /** What would start the old source again is not waited for. */
    FENCE_NOT_AWAITED {
        @Override
        public Next plan(FailoverFacts facts, Planning planner) {
            return planner.next(results(
                    facts,
                    r -> r instanceof StepResult.Fenced f
                            ? new StepResult.Fenced(f.state(), false, f.cameBack(), f.how())
                            : r));
        }
    },
    /** The old source's log is saved as far as the sweep saw it only. */
    STALE_TAIL {
        @Override
        public StepResult act(Step step, Function<Step, StepResult> cluster) {
            StepResult result = cluster.apply(step);
            return step instanceof Step.SaveTail && result instanceof StepResult.Saved saved
                    ? upTo(saved, saved.end().offset() - 100)
                    : result;
        }
    },
    /** What the old source wrote between the reading of its log and its end is left where it is. */
    REST_OF_TAIL_FORGOTTEN {
        @Override
        public Next plan(FailoverFacts facts, Planning planner) {
            Next next = planner.next(facts);
            return next instanceof Next.Run run
                            && run.steps().get(0) instanceof Step.SaveTail save
                            && save.behind().isPresent()
                    ? planner.next(facts.with(facts.progress().plus(List.of(new Outcome.Failed(save, "forgotten")))))
                    : next;
        }
    },
    /** The host is switched off, then its log is to be read. */
    POWER_OFF_BEFORE_TAIL {
        @Override
        public Next plan(FailoverFacts facts, Planning planner) {
            Next next = planner.next(facts);
            if (!(next instanceof Next.Run run) || !(run.steps().get(0) instanceof Step.SaveTail)) {
                return next;
            }
            List<Step> off =
                    facts.progress().left(List.of(new Step.ShutDown(facts.tree().source(), facts.sshReachable())));
            return off.isEmpty() ? next : new Next.Run(Phase.CUT_OFF, off, false);
        }
    },
    /** Read positions are taken from the wrong replica, so the wrong one is taken for the most advanced. */
    WRONG_LATEST {
        @Override
        public Next plan(FailoverFacts facts, Planning planner) {
            List<StepResult> places = facts.progress().outcomes().stream()
                    .filter(o -> o.step() instanceof Step.StopReceiver && o instanceof Outcome.Finished)
                    .map(o -> ((Outcome.Finished) o).result())
                    .toList();
            List<StepResult> wrong = new ArrayList<>(places);
            Collections.rotate(wrong, 1);
            return planner.next(results(facts, r -> places.contains(r) ? wrong.get(places.indexOf(r)) : r));
        }
    },
    /** Levelling is said to be done, and is not. */
    LEVEL_SKIPPED {
        @Override
        public StepResult act(Step step, Function<Step, StepResult> cluster) {
            if (!(step instanceof Step.Level level)) {
                return cluster.apply(step);
            }
            StepResult.ReplicaAt at = (StepResult.ReplicaAt) cluster.apply(new Step.ApplyRelayLog(level.server()));
            return new StepResult.Levelled(at.status(), level.upTo(), at.executed(), "by replication");
        }
    },
    /** When the first one cannot be opened for sure, another one is. */
    OPENED_TWICE {
        @Override
        public Next plan(FailoverFacts facts, Planning planner) {
            Next next = planner.next(facts);
            boolean failed = facts.progress().failures().anyMatch(f -> f.step() instanceof Step.MakeWritable);
            return failed && next instanceof Next.Stuck ? openAnother(facts).orElse(next) : next;
        }
    },
    /** Replicas are pointed at a place that nobody has read. */
    REPOINTED_BEFORE_COORDINATES {
        @Override
        public StepResult act(Step step, Function<Step, StepResult> cluster) {
            if (step instanceof Step.Repoint r && r.start() instanceof Step.Start.At) {
                Step.Start guess = new Step.Start.At(new BinlogPosition("own.000001", 4));
                return cluster.apply(new Step.Repoint(r.server(), r.newSource(), r.sourceName(), guess, r.mustBeAt()));
            }
            return cluster.apply(step);
        }
    },
    /** Who failed is tried again. */
    FAILURES_FORGOTTEN {
        @Override
        public Next plan(FailoverFacts facts, Planning planner) {
            List<Outcome> good = facts.progress().outcomes().stream()
                    .filter(o -> o instanceof Outcome.Finished)
                    .toList();
            return planner.next(facts.with(new Progress(good)));
        }
    },
    /** With its settings the new source throws away relay logs that others need. */
    RELAY_LOGS_THROWN_AWAY {
        @Override
        public StepResult act(Step step, Function<Step, StepResult> cluster) {
            return cluster.apply(step instanceof Step.Detach d ? new Step.Detach(d.server(), false) : step);
        }
    },
    /** An end that the journal does not hold. */
    JOURNAL_ENTRY_LOST {
        @Override
        public boolean writes(Outcome outcome) {
            return !(outcome.step() instanceof Step.ReadCoordinates);
        }
    },
    /** A resumed run begins anew. */
    RESUMED_FROM_THE_BEGINNING {
        @Override
        public FailoverFacts remembered(CutRun cut, FailoverFacts begin) {
            return begin;
        }
    },
    /** A run that was cut off is undone whenever it is found. */
    UNDONE_AFTER_OPENING {
        @Override
        public Sequel sequel(CutRun cut, Sequel right) {
            return cut.opened() ? new Sequel.Undo() : right;
        }
    },
    /** What an operator did meanwhile is overlooked. */
    FOREIGN_HANDS_OVERLOOKED {
        @Override
        public Sequel sequel(CutRun cut, Sequel right) {
            return right instanceof Sequel.Foreign ? new Sequel.Finish() : right;
        }
    };

    static Next steps(Next next, UnaryOperator<List<Step>> change) {
        return next instanceof Next.Run run ? new Next.Run(run.phase(), change.apply(run.steps()), run.atOnce()) : next;
    }

    static List<Step> swapped(List<Step> steps, Class<? extends Step> one, Class<? extends Step> other) {
        List<Step> swapped = new ArrayList<>(steps);
        int first = place(steps, one::isInstance);
        int second = place(steps, other::isInstance);
        if (first >= 0 && second >= 0) {
            Collections.swap(swapped, first, second);
        }
        return swapped;
    }

    private static int place(List<Step> steps, Predicate<Step> wanted) {
        return steps.stream().filter(wanted).map(steps::indexOf).findFirst().orElse(-1);
    }

    static FailoverFacts results(FailoverFacts facts, UnaryOperator<StepResult> change) {
        Stream<Outcome> changed = facts.progress().outcomes().stream()
                .map(o -> o instanceof Outcome.Finished f
                        ? new Outcome.Finished(f.step(), change.apply(f.result()), f.at())
                        : o);
        return facts.with(new Progress(changed.toList()));
    }

    static StepResult upTo(StepResult.Saved saved, long offset) {
        BinlogPosition end =
                new BinlogPosition(saved.end().file(), Math.max(saved.start().offset(), offset));
        return new StepResult.Saved(
                saved.archive(),
                saved.start(),
                end,
                end,
                saved.bytes(),
                saved.transactions(),
                Optional.empty(),
                saved.cutOff(),
                saved.damaged(),
                saved.writer(),
                saved.restart());
    }

    static Optional<Next> openAnother(FailoverFacts facts) {
        return facts.tree().replicas().stream()
                .map(r -> (Step) new Step.MakeWritable(r.id()))
                .filter(s -> !facts.progress().ended(s))
                .findFirst()
                .map(s -> new Next.Run(Phase.OPEN, List.of(s), false));
    }
}
