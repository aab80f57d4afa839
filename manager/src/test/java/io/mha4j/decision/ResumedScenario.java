package io.mha4j.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.binlog.BinlogPosition;
import io.mha4j.decision.rehearsal.Rehearsal;
import io.mha4j.execution.resume.FailoverJournal;
import io.mha4j.report.journal.TextJournal;
import io.mha4j.report.json.JsonForm;
import java.util.List;
import java.util.Optional;

/** A scenario's failover, cut after every step, read back from the text of its journal and gone on with. */
final class ResumedScenario {
    private static final JsonForm JSON = new JsonForm();

    private final FailoverPlanner planner = new FailoverPlanner();
    private final FailoverFacts begin;
    private final BinlogPosition logEnd;

    private ResumedScenario(FailoverFacts begin, BinlogPosition logEnd) {
        this.begin = begin;
        this.logEnd = logEnd;
    }

    /** However it is cut, it ends with the same steps and results, and opens one server at most. */
    static void check(FailoverFacts begin, BinlogPosition logEnd) {
        ResumedScenario scenario = new ResumedScenario(begin, logEnd);
        FailoverFacts whole = scenario.goOn(begin);
        List<Outcome> outcomes = whole.progress().outcomes();
        assertThat(outcomes.stream().filter(o -> o.step() instanceof Step.MakeWritable))
                .hasSizeLessThanOrEqualTo(1);
        for (int cut = 0; cut <= outcomes.size(); cut++) {
            FailoverFacts resumed = scenario.goOn(scenario.readBack(outcomes.subList(0, cut)));
            assertThat(undated(resumed.progress().outcomes()))
                    .as("cut after %d steps", cut)
                    .containsExactlyInAnyOrderElementsOf(undated(outcomes));
            assertThat(scenario.planner.next(resumed)).isEqualTo(scenario.planner.next(whole));
        }
    }

    /** What was only thought of has no time, which a journal gives it. */
    private static List<Outcome> undated(List<Outcome> outcomes) {
        return outcomes.stream()
                .map(o -> o instanceof Outcome.Finished f
                        ? new Outcome.Finished(f.step(), f.result(), Optional.empty())
                        : o)
                .toList();
    }

    private FailoverFacts goOn(FailoverFacts from) {
        FailoverFacts facts = from;
        while (planner.next(facts) instanceof Next.Run group) {
            facts = facts.with(
                    facts.progress().plus(Rehearsal.of(facts, save -> logEnd).run(group)));
        }
        return facts;
    }

    private FailoverFacts readBack(List<Outcome> outcomes) {
        TextJournal journal = new TextJournal(JSON);
        journal.open(FailoverJournal.OPERATION, FailoverJournal.Beginning.of(begin));
        for (Outcome outcome : outcomes) {
            int number = journal.started(outcome.step());
            if (outcome instanceof Outcome.Finished finished) {
                journal.finished(number, finished.result());
            } else {
                journal.failed(number, ((Outcome.Failed) outcome).why());
            }
        }
        return FailoverJournal.read(journal.unfinished().orElseThrow(), JSON, begin.app())
                .facts();
    }
}
