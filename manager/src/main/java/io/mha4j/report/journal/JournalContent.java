package io.mha4j.report.journal;

import com.fasterxml.jackson.databind.JsonNode;
import io.mha4j.report.ProcessIdentity;
import io.mha4j.report.journal.JournalEntry.Closed;
import io.mha4j.report.journal.JournalEntry.Opened;
import io.mha4j.report.journal.JournalEntry.Resumed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a journal says.
 *
 * @param resumed each take-over, in order
 * @param steps   in the order of their beginning, numbered from 1
 * @param closed  present if the run reached its end
 * @param torn    whether the writer died while writing a line; that line counts as not written, so its step did not begin
 *                or is not known to have ended
 */
public record JournalContent(
        Opened opened, List<Resumed> resumed, List<StepRecord> steps, Optional<Closed> closed, boolean torn) {
    public JournalContent {
        resumed = List.copyOf(resumed);
        steps = List.copyOf(steps);
    }

    /** The process that began it or took it over last. */
    public ProcessIdentity writer() {
        return resumed.isEmpty() ? opened.by() : resumed.get(resumed.size() - 1).by();
    }

    /** That process, where it is another one than this and runs for certain: then the run is not cut off. */
    public Optional<ProcessIdentity> livingWriter() {
        return Optional.of(writer())
                .filter(writer -> writer.isCertain() && writer.isAlive())
                .filter(writer -> !writer.equals(ProcessIdentity.current()));
    }

    /**
     * One step as far as the journal knows it.
     *
     * @param step as the caller gave it
     */
    public record StepRecord(int number, Instant startedAt, JsonNode step, End end) {}

    /** How a step ended. */
    public sealed interface End {
        /** Not known: it may have changed everything, something or nothing. */
        record Unknown() implements End {}

        /** It is done. */
        record Finished(Instant at, JsonNode result) implements End {}

        /** It did not succeed; what it changed before that is unknown. */
        record Failed(Instant at, String error) implements End {}
    }
}
