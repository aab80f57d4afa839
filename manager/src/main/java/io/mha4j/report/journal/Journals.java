package io.mha4j.report.journal;

import com.fasterxml.jackson.databind.JsonNode;
import io.mha4j.report.GuardFile;
import io.mha4j.report.ProcessIdentity;
import io.mha4j.report.ReportException;
import io.mha4j.report.StateFiles;
import io.mha4j.report.journal.JournalEntry.Opened;
import io.mha4j.report.journal.JournalEntry.Resumed;
import io.mha4j.report.journal.JournalReader.Reading;
import io.mha4j.report.json.JsonForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The journals of one application, of which at most one is open: {@code <app>.journal}, JSON lines. Finished ones are kept
 * beside it as {@code <app>.journal.<run>}. Only the holder of the manager's lock opens or resumes; anybody who may
 * enter the directory as the same user may read.
 *
 * @param json the form of steps, results and facts
 */
public record Journals(StateFiles files, JsonForm json, InstantSource clock) {
    private static final String RUN = "[0-9A-Za-z_-]+";
    /** A run that is named after its start, and the number that makes its name unique. */
    private static final String KEPT = "\\d{14}(-\\d+)?";

    /**
     * What an earlier process left unfinished. Changes nothing.
     *
     * @return empty if every run reached its end, or had not begun
     * @throws ReportException if the journal cannot be read, is damaged before its last line, or was written by a version
     *     that this one does not understand
     */
    public Optional<JournalContent> unfinished() {
        return read().content().filter(c -> c.closed().isEmpty());
    }

    /**
     * The latest finished run that {@code wanted} takes, of those named after the time of their start. One that a person moved
     * away is forgotten, whatever it is called now. Changes nothing.
     *
     * @throws ReportException if a later one than that cannot be read
     */
    public Optional<JournalContent> lastFinished(Predicate<JournalContent> wanted) {
        return kept().stream()
                .flatMap(file -> read(file).content().stream())
                .filter(run -> run.closed().isPresent())
                .filter(wanted)
                .findFirst();
    }

    /** Journals of finished runs, the latest first: their names end with the time of their start. */
    private List<Path> kept() {
        String start = files.journal().getFileName() + ".";
        try (Stream<Path> all = Files.list(files.workdir())) {
            return all.filter(file -> isKept(file.getFileName().toString(), start))
                    .sorted((a, b) -> b.getFileName().compareTo(a.getFileName()))
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw StateFiles.notRead(files.workdir(), e);
        }
    }

    private static boolean isKept(String name, String start) {
        return name.startsWith(start) && name.substring(start.length()).matches(KEPT);
    }

    /**
     * Opens the journal of a new run.
     *
     * @param run       a name for it, made of letters, digits, {@code _} and {@code -}; usually the time of its start
     * @param operation what is done: failover, switch
     * @param facts     what a resume must know; any value with a JSON form
     * @throws ReportException if an unfinished run is there, or the disk refuses
     */
    public Journal open(String run, String operation, Object facts) {
        if (!run.matches(RUN)) {
            throw new IllegalArgumentException("'" + run + "' cannot be part of a file name");
        }
        JsonNode known = json.tree(facts);
        clearTheWay();
        try {
            Journal journal = new Journal(this, run, AppendFile.create(files.journal()), 0);
            journal.append(new Opened(
                    Opened.VERSION, run, files.app(), operation, clock.instant(), ProcessIdentity.current(), known));
            files.flushNames();
            return journal;
        } catch (IOException e) {
            throw StateFiles.notWritten(files.journal(), e);
        }
    }

    /**
     * Takes over the unfinished run; new steps go on after the last number. A torn last line is cut off.
     *
     * @throws ReportException if there is none, it cannot be read or written, or another process that lives and is no guard
     *     writes it
     */
    public Journal resume() {
        Reading reading = read();
        JournalContent content = reading.content()
                .filter(c -> c.closed().isEmpty())
                .orElseThrow(() -> new ReportException(files.journal() + ": no unfinished run; start a new one"));
        content.livingWriter().filter(this::mayStillWrite).ifPresent(writer -> {
            throw new ReportException(files.journal() + ": process " + writer.pid() + " is doing run "
                    + content.opened().run() + " at this moment; wait for it, or end that process first");
        });
        try {
            AppendFile file = AppendFile.open(files.journal(), reading.goodBytes());
            Journal journal = new Journal(
                    this, content.opened().run(), file, content.steps().size());
            journal.append(new Resumed(clock.instant(), ProcessIdentity.current()));
            return journal;
        } catch (IOException e) {
            throw StateFiles.notWritten(files.journal(), e);
        }
    }

    /** A guard has ended its failover, though a full disk may have kept the end of it out of the journal. */
    private boolean mayStillWrite(ProcessIdentity writer) {
        return GuardFile.read(files)
                .filter(guard -> guard.process().equals(writer))
                .isEmpty();
    }

    /** Removes what a crash left of a run that had not begun, and puts away one that had only to be renamed. */
    private void clearTheWay() {
        Optional<JournalContent> left = read().content();
        if (left.isEmpty()) {
            try {
                Files.deleteIfExists(files.journal());
            } catch (IOException e) {
                throw StateFiles.notWritten(files.journal(), e);
            }
        } else if (left.get().closed().isPresent()) {
            Journal.archive(files, left.get().opened().run());
        } else {
            throw new ReportException(
                    files.journal() + ": run " + left.get().opened().run()
                            + " is not finished; resume it, or look at the servers and move the journal away");
        }
    }

    private Reading read() {
        return read(files.journal());
    }

    private Reading read(Path file) {
        try {
            return JournalReader.read(file, Files.readAllBytes(file), json);
        } catch (NoSuchFileException e) {
            return new Reading(Optional.empty(), 0);
        } catch (IOException e) {
            throw StateFiles.notRead(file, e);
        }
    }
}
