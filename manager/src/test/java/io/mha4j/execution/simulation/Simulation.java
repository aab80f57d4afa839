package io.mha4j.execution.simulation;

import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.FailoverPlanner;
import io.mha4j.decision.FailoverSummary;
import io.mha4j.decision.Outcome;
import io.mha4j.decision.Step;
import io.mha4j.decision.StepResult;
import io.mha4j.decision.World;
import io.mha4j.execution.Failover;
import io.mha4j.execution.StepRecord;
import io.mha4j.execution.StepRunner;
import io.mha4j.execution.Story;
import io.mha4j.execution.resume.Aftermath;
import io.mha4j.execution.resume.Aftermath.Sequel;
import io.mha4j.execution.resume.FailoverJournal;
import io.mha4j.execution.resume.FailoverJournal.CutRun;
import io.mha4j.report.EventLog;
import io.mha4j.report.FailoverReport;
import io.mha4j.report.Level;
import io.mha4j.report.journal.JournalContent;
import io.mha4j.report.journal.TextJournal;
import io.mha4j.report.json.JsonForm;
import io.mha4j.topology.ServerState;
import io.mha4j.topology.Snapshot;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One failover with its fate, through all lives of the manager. */
final class Simulation {
    /** How it ended. */
    enum Kind {
        DONE,
        DECLINED,
        STOPPED,
        UNDONE,
        FOREIGN
    }

    /** @param why its sentence, where there is one */
    record Ending(Kind kind, String why, Optional<FailoverSummary> summary) {}

    private static final int ENOUGH_PLANS = 300;
    private static final JsonForm JSON = new JsonForm();
    private static final EventLog NOBODY_READS = EventLog.toStream(
            new PrintStream(OutputStream.nullOutputStream()), Level.ERROR, () -> Instant.EPOCH, ZoneOffset.UTC);

    private final Fate fate;
    private final Conduct conduct;
    private final FailoverFacts begin;
    private final Moments moments;
    private final Cluster cluster;
    private final TextJournal journal = new TextJournal(JSON);
    private final StepLimits limits = new StepLimits();
    private int lives;
    private int plans;
    private boolean sourceAnswers;

    Simulation(Fate fate, Conduct conduct) {
        this.fate = fate;
        this.conduct = conduct;
        this.begin = fate.world().facts();
        this.moments = new Moments(fate.seed());
        this.cluster = new Cluster(fate, begin, moments);
    }

    Cluster cluster() {
        return cluster;
    }

    Duration elapsed() {
        return moments.elapsed();
    }

    int lives() {
        return lives;
    }

    Ending run() {
        while (true) {
            if (lives < fate.deaths().size()) {
                moments.live(fate.deaths().get(lives));
            } else {
                moments.liveForever();
            }
            lives++;
            try {
                return life();
            } catch (Moments.Death death) {
                between();
            }
        }
    }

    private Ending life() {
        Optional<JournalContent> left = journal.unfinished();
        if (left.isEmpty()) {
            moments.pass();
            journal.open(FailoverJournal.OPERATION, FailoverJournal.Beginning.of(begin));
            return goOn(begin);
        }
        CutRun cut = FailoverJournal.read(left.get(), JSON, begin.app());
        Sequel sequel = conduct.sequel(cut, Aftermath.sequel(cut, snapshot()));
        if (sequel instanceof Sequel.Foreign foreign) {
            return new Ending(Kind.FOREIGN, foreign.what(), Optional.empty());
        }
        if (sequel instanceof Sequel.Undo) {
            return undo();
        }
        // Told that the source is back, the operator stops it and starts the manager again.
        sourceAnswers = false;
        journal.resume();
        return goOn(conduct.remembered(cut, begin));
    }

    private Ending goOn(FailoverFacts facts) {
        StepRunner runner =
                new StepRunner(this::mustEnd, new Written(), hands(), () -> Instant.EPOCH, moments::sideBySide);
        FailoverPlanner planner = new FailoverPlanner();
        Failover failover = new Failover(runner, story(), f -> {
            mustEnd();
            return conduct.plan(f, planner::next);
        });
        Ending ending = ending(failover, facts);
        journal.end(ending.why());
        return ending;
    }

    private static Ending ending(Failover failover, FailoverFacts facts) {
        try {
            Failover.End end = failover.run(facts);
            if (end instanceof Failover.End.Done done) {
                return new Ending(Kind.DONE, "", Optional.of(done.summary()));
            }
            return end instanceof Failover.End.Declined declined
                    ? new Ending(Kind.DECLINED, declined.why().sentence(), Optional.empty())
                    : new Ending(Kind.STOPPED, ((Failover.End.Stopped) end).why(), Optional.empty());
        } catch (MhaException e) {
            return new Ending(Kind.STOPPED, String.valueOf(e.getMessage()), Optional.empty());
        }
    }

    private void mustEnd() {
        if (plans++ > ENOUGH_PLANS * lives) {
            throw new IllegalStateException("the plan does not end");
        }
    }

    private Story story() {
        boolean gtids = fate.world().gtids();
        return new Story(
                NOBODY_READS,
                new FailoverReport(new FailoverReport.Occasion("app1", World.id(0), "log", false, gtids)),
                begin);
    }

    /** The manager's hands: each method is given the step. */
    @SuppressWarnings("unchecked")
    private Step.Cases<StepResult> hands() {
        return (Step.Cases<StepResult>) Proxy.newProxyInstance(
                Step.class.getClassLoader(),
                new Class<?>[] {Step.Cases.class},
                (proxy, method, arguments) -> act((Step) arguments[0]));
    }

    private StepResult act(Step step) {
        moments.pass();
        Duration limit = step.match(limits);
        Fate.Fault fault = fate.fault(step);
        if (fault == Fate.Fault.HANGS) {
            moments.takes(limit);
            throw new Cluster.NotDone("no end within " + limit);
        }
        moments.takesUpTo(limit);
        if (fault == Fate.Fault.BEFORE) {
            throw new Cluster.NotDone("made to fail");
        }
        StepResult result = conduct.act(step, s -> s.match(cluster));
        if (fault == Fate.Fault.AFTER) {
            throw new Cluster.NotDone("the connection broke");
        }
        moments.pass();
        return result;
    }

    /** The manager is dead: its journal may end with half a line, and the world goes on. */
    private void between() {
        moments.takes(StepLimits.RESTART);
        if (moments.luck(3)) {
            journal.tear(new Step.StopReceiver(World.id(1)));
        }
        if (lives == 1 && journal.unfinished().isPresent()) {
            meanwhile();
        }
    }

    private void meanwhile() {
        int n = moments.number(cluster.servers().size());
        Server server = cluster.servers().values().stream().skip(n).findFirst().orElseThrow();
        switch (fate.meanwhile()) {
            case NOTHING -> {}
            case SOURCE_ANSWERS -> sourceAnswers = !cluster.old().isOff();
            case OPERATOR_OPENS -> server.openedByOperator = true;
            case OPERATOR_REPOINTS -> {
                server.elsewhere = "host77";
                server.settings = true;
                server.restart(true);
            }
        }
    }

    private Ending undo() {
        begin.tree().replicas().stream()
                .filter(r -> !r.status().receiver().word().equals("No"))
                .forEach(r -> server(r.id()).restart(true));
        journal.end("undone");
        return new Ending(Kind.UNDONE, "", Optional.empty());
    }

    private Server server(ServerId id) {
        return Optional.ofNullable(cluster.servers().get(id)).orElseThrow();
    }

    private Snapshot snapshot() {
        TreeMap<ServerId, ServerState> seen = new TreeMap<>();
        begin.app()
                .servers()
                .forEach(s -> seen.put(
                        s.id(), new ServerState.Unreachable(ServerState.Kind.REFUSED, "refused", Duration.ZERO)));
        cluster.servers().forEach((id, server) -> seen.put(id, new ServerState.Alive(server.facts())));
        if (sourceAnswers) {
            seen.put(World.id(0), new ServerState.Refusing(1040, "Too many connections"));
        }
        return new Snapshot(Instant.EPOCH, seen);
    }

    /** Writes each step before and after; the manager may die on either side of a line. */
    private final class Written implements StepRecord {
        private final Map<Step, Integer> numbers = new HashMap<>();

        @Override
        public void started(Step step) {
            moments.pass();
            numbers.put(step, journal.started(step));
        }

        @Override
        public void ended(Outcome outcome) {
            moments.pass();
            int number = Optional.ofNullable(numbers.get(outcome.step())).orElseThrow();
            if (!conduct.writes(outcome)) {
                return;
            }
            if (outcome instanceof Outcome.Finished finished) {
                journal.finished(number, finished.result());
            } else {
                journal.failed(number, ((Outcome.Failed) outcome).why());
            }
            moments.pass();
        }
    }
}
