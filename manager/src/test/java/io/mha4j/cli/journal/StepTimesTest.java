package io.mha4j.cli.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mha4j.base.ServerId;
import io.mha4j.decision.Phase;
import io.mha4j.decision.Step;
import io.mha4j.report.ProcessIdentity;
import io.mha4j.report.journal.JournalContent;
import io.mha4j.report.journal.JournalContent.End;
import io.mha4j.report.journal.JournalContent.StepRecord;
import io.mha4j.report.journal.JournalEntry;
import io.mha4j.report.json.JsonForm;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class StepTimesTest {
    private static final Instant BEGIN = Instant.parse("2026-12-01T05:00:00Z");
    private static final JsonNode NOTHING = new JsonForm().tree("");
    private static final ServerId A = new ServerId(0, "server0", "a", "10.0.0.1", 3306);
    private static final ServerId B = new ServerId(1, "server1", "b", "10.0.0.2", 3306);

    @Test
    void eachStepTellsHowLongItTook() {
        StepTimes times = new StepTimes(Optional.empty());
        assertThat(times.end(step(0, new End.Finished(after(12), NOTHING)))).isEqualTo("done in 12 ms");
        assertThat(times.end(step(0, new End.Failed(after(30_040), "no answer"))))
                .isEqualTo("failed after 30.0 s: no answer");
    }

    @Test
    void oneThatHasNotEndedLastsUntilNowWhereSomebodyWorksAtIt() {
        StepRecord begun = step(1000, new End.Unknown());
        assertThat(new StepTimes(Optional.of(after(2500))).end(begun)).isEqualTo("begun 1.5 s ago");
        assertThat(new StepTimes(Optional.empty()).end(begun))
                .isEqualTo("begun at 2026-12-01T05:00:01Z, and nobody knows how it ended");
    }

    @Test
    void aPhaseLastsFromItsFirstBeginningToItsLastEndWhateverIsSideBySide() {
        List<StepRecord> steps = List.of(
                step(100, new End.Finished(after(900), NOTHING)), step(110, new End.Finished(after(500), NOTHING)));
        assertThat(new StepTimes(Optional.empty()).span(steps)).isEqualTo("800 ms");
    }

    @Test
    void theWholeBeginsWithTheJournal() {
        JournalContent run = new JournalContent(
                new JournalEntry.Opened(2, "run", "app1", "failover", BEGIN, ProcessIdentity.current(), NOTHING),
                List.of(),
                List.of(step(100, new End.Finished(after(900), NOTHING)), step(950, new End.Unknown())),
                Optional.empty(),
                false);
        assertThat(new StepTimes(Optional.empty()).total(run)).isEqualTo("900 ms");
        assertThat(new StepTimes(Optional.of(after(61_000))).total(run)).isEqualTo("61.0 s");
    }

    @Test
    void aClockThatWasSetBackMakesNothingTakeLessThanNoTime() {
        assertThat(new StepTimes(Optional.empty()).end(step(1000, new End.Finished(after(10), NOTHING))))
                .isEqualTo("done in 0 ms");
    }

    @Test
    void levellingBehindTheOpeningBelongsToTheSlaves() {
        ServerId c = new ServerId(2, "server2", "c", "10.0.0.3", 3306);
        List<Phase> phases = StepTimes.phases(List.of(
                new Step.StopReceiver(B),
                new Step.ApplyRelayLog(B),
                new Step.Detach(B, false),
                new Step.ApplyRelayLog(c),
                new Step.AssignAddress(c, A),
                new Step.MakeWritable(c),
                new Step.AwaitFence(A),
                new Step.ApplyRelayLog(B)));
        assertThat(phases.stream().map(StepTimes::heading))
                .containsExactly(
                        "Phase 2: Dead Master Shutdown Phase",
                        "Phase 3: Master Recovery Phase",
                        "Phase 3: Master Recovery Phase",
                        "Phase 3: Master Recovery Phase",
                        "Phase 3: Master Recovery Phase",
                        "Phase 3: Master Recovery Phase",
                        "Phase 4: Slaves Recovery Phase",
                        "Phase 4: Slaves Recovery Phase");
    }

    private static StepRecord step(long millis, End end) {
        return new StepRecord(1, after(millis), NOTHING, end);
    }

    private static Instant after(long millis) {
        return BEGIN.plusMillis(millis);
    }
}
