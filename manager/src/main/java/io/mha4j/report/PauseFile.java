package io.mha4j.report;

import io.mha4j.report.json.FormException;
import io.mha4j.report.json.JsonForm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Whether a manager watches only, and must not act; kept on disk, so that it outlives the manager. */
public final class PauseFile {
    private final StateFiles files;
    private final InstantSource clock;

    public PauseFile(StateFiles files, InstantSource clock) {
        this.files = files;
        this.clock = clock;
    }

    /**
     * An order not to act.
     *
     * @param since  when it was given
     * @param until  when it ends by itself; absent: when somebody ends it
     * @param reason in the operator's words
     */
    public record Pause(Instant since, Optional<Instant> until, String reason) {
        /** One clause for people. */
        public String clause() {
            return "acting is paused since " + since
                    + until.map(end -> " until " + end).orElse("") + " (" + reason + ")";
        }
    }

    /**
     * The order that counts now; one whose end has come does not.
     *
     * @throws ReportException if there is one that cannot be understood: nobody may act then either
     */
    public Optional<Pause> now() {
        try {
            // There is none as a rule, and what reads JSON takes a while to make.
            String text = Files.readString(files.paused(), StandardCharsets.UTF_8);
            Pause pause = new JsonForm().read(text, Pause.class);
            return Optional.of(pause).filter(p -> p.until()
                    .filter(end -> !clock.instant().isBefore(end))
                    .isEmpty());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw StateFiles.notRead(files.paused(), e);
        } catch (FormException e) {
            throw new ReportException(
                    files.paused()
                            + ": is damaged, so nobody knows whether acting is paused; pause again, or remove it",
                    e);
        }
    }

    /** For people: the order that counts now, or that there is one which cannot be understood. */
    public Optional<String> shown() {
        try {
            return now().map(Pause::clause);
        } catch (ReportException e) {
            return Optional.of(e.getMessage());
        }
    }

    /**
     * Gives an order in place of an earlier one.
     *
     * @throws ReportException if it cannot be written
     */
    public void begin(Optional<Instant> until, String reason) {
        Instant now = clock.instant();
        try {
            files.createWorkdir();
            AtomicFile.write(files.paused(), new JsonForm().line(new Pause(now, until, reason)) + "\n", now);
            files.flushNames();
        } catch (IOException e) {
            throw StateFiles.notWritten(files.paused(), e);
        }
    }

    /** Ends it; false if there was none. */
    public boolean end() {
        try {
            return Files.deleteIfExists(files.paused());
        } catch (IOException e) {
            throw StateFiles.notWritten(files.paused(), e);
        }
    }
}
