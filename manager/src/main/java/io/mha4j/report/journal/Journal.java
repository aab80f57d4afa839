package io.mha4j.report.journal;

import io.mha4j.report.ReportException;
import io.mha4j.report.StateFiles;
import io.mha4j.report.journal.JournalEntry.Closed;
import io.mha4j.report.journal.JournalEntry.StepFailed;
import io.mha4j.report.journal.JournalEntry.StepFinished;
import io.mha4j.report.journal.JournalEntry.StepStarted;
import io.mha4j.report.json.JsonForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;

/**
 * The journal of a run in progress: every line is on the disk before the call returns, so that whoever comes after a
 * crash knows what may have been done. Steps may run side by side. Works in an interrupted thread. Safe for use by
 * several threads.
 */
public final class Journal implements AutoCloseable {
    private final StateFiles files;
    private final String run;
    private final JsonForm json;
    private final InstantSource clock;
    private final AppendFile file;
    private int lastStep;

    Journal(Journals origin, String run, AppendFile file, int lastStep) {
        this.files = origin.files();
        this.json = origin.json();
        this.clock = origin.clock();
        this.run = run;
        this.file = file;
        this.lastStep = lastStep;
    }

    /** Names the run; part of the archived journal's name. */
    public String run() {
        return run;
    }

    /**
     * Records that a step is about to begin; call it before the world changes.
     *
     * @param step any value with a JSON form, see {@link JsonForm}
     * @return the number by which the step is ended
     * @throws ReportException if the line did not reach the disk; then the step must not begin
     */
    public synchronized int started(Object step) {
        append(new StepStarted(lastStep + 1, clock.instant(), json.tree(step)));
        lastStep++;
        return lastStep;
    }

    /**
     * Records that a step is done.
     *
     * @param result what later steps or a resume need of it; any value with a JSON form
     * @throws ReportException if the line did not reach the disk
     */
    public synchronized void finished(int step, Object result) {
        append(new StepFinished(step, clock.instant(), json.tree(result)));
    }

    /**
     * Records that a step did not succeed.
     *
     * @param error one sentence
     * @throws ReportException if the line did not reach the disk
     */
    public synchronized void failed(int step, String error) {
        append(new StepFailed(step, clock.instant(), error));
    }

    /**
     * Records that nothing is left to resume, and puts the journal away under the run's name.
     *
     * @return where it is kept
     * @throws ReportException if that did not reach the disk
     */
    public synchronized Path end(Object outcome) {
        append(new Closed(clock.instant(), json.tree(outcome)));
        close();
        return archive(files, run);
    }

    /** Lets go of the file; without {@link #end} the run stays open for a resume. */
    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw StateFiles.notWritten(files.journal(), e);
        }
    }

    /** A second run of the same name, which a clock that is set back can bring about, gets a number. */
    static Path archive(StateFiles files, String run) {
        Path kept = files.archivedJournal(run);
        for (int i = 2; Files.exists(kept); i++) {
            kept = files.archivedJournal(run + "-" + i);
        }
        try {
            Files.move(files.journal(), kept, StandardCopyOption.ATOMIC_MOVE);
            files.flushNames();
            return kept;
        } catch (IOException e) {
            throw StateFiles.notWritten(kept, e);
        }
    }

    void append(JournalEntry entry) {
        try {
            file.append(json.line(entry));
        } catch (IOException e) {
            throw StateFiles.notWritten(files.journal(), e);
        }
    }
}
