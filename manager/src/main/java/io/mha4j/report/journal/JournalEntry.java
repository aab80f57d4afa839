package io.mha4j.report.journal;

import com.fasterxml.jackson.databind.JsonNode;
import io.mha4j.report.ProcessIdentity;
import java.time.Instant;

/** One line of a journal. */
public sealed interface JournalEntry {
    /** Wall time of writing. */
    Instant at();

    /**
     * The first line: on disk before anything is changed.
     *
     * @param version   form of the journal
     * @param run       names the run, see {@link Journals#open}
     * @param operation what is done: failover, switch
     * @param by        the process that began
     * @param facts     what the caller must know again to resume
     */
    record Opened(int version, String run, String app, String operation, Instant at, ProcessIdentity by, JsonNode facts)
            implements JournalEntry {
        /** The form that this program writes and reads. */
        static final int VERSION = 2;
    }

    /** Another process took the run over. */
    record Resumed(Instant at, ProcessIdentity by) implements JournalEntry {}

    /** A step is about to begin. */
    record StepStarted(int number, Instant at, JsonNode step) implements JournalEntry {}

    /** A step is done. */
    record StepFinished(int number, Instant at, JsonNode result) implements JournalEntry {}

    /** A step did not succeed; what it changed before that is unknown. */
    record StepFailed(int number, Instant at, String error) implements JournalEntry {}

    /** The last line: nothing is left to resume. */
    record Closed(Instant at, JsonNode outcome) implements JournalEntry {}
}
