package io.mha4j.cli.resume;

import io.mha4j.base.InterruptedWork;
import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.cli.admission.RefusalAlarm;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.config.Application;
import io.mha4j.execution.Sessions;
import io.mha4j.execution.StepWords;
import io.mha4j.execution.online.OnlineJournal;
import io.mha4j.execution.resume.Aftermath;
import io.mha4j.execution.resume.Aftermath.Sequel;
import io.mha4j.execution.resume.BackToGtids;
import io.mha4j.execution.resume.FailoverJournal;
import io.mha4j.execution.resume.FailoverJournal.CutRun;
import io.mha4j.execution.resume.Undoing;
import io.mha4j.monitor.TreeLook;
import io.mha4j.mysql.Sweep;
import io.mha4j.report.EventLog;
import io.mha4j.report.journal.Journal;
import io.mha4j.report.journal.JournalContent;
import io.mha4j.report.journal.Journals;
import io.mha4j.topology.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * What becomes of a failover that was cut off: it is undone if nothing but replication threads was touched and the source answers, else
 * finished; neither, if the servers do not stand where it can have left them. Whatever keeps it from being taken up is told to people.
 */
public final class CutFailover {
    private final Application app;
    private final Journals journals;
    private final RefusalAlarm alarm;
    private final EventLog log;

    public CutFailover(Application app, Journals journals, RefusalAlarm alarm, EventLog log) {
        this.app = app;
        this.journals = journals;
        this.alarm = alarm;
        this.log = log;
    }

    /** How one is finished; answers the exit status. */
    @FunctionalInterface
    public interface Finishing {
        /** @param journal of the run, open for what is done from here on */
        int finish(CutRun cut, Journal journal);
    }

    /**
     * The run that an earlier process left unfinished, of whatever kind; changes nothing.
     *
     * @throws MhaException if its journal cannot be read, which people are told
     */
    public Optional<JournalContent> left() {
        return told(alarm::notTakenUp, journals::unfinished);
    }

    /**
     * The failover that was left. What keeps it from being taken up is told to people.
     *
     * @param permission is asked first; throws if it may not be taken up now
     * @throws MhaException if it is none, or does not fit this configuration
     */
    public CutRun read(JournalContent left, Runnable permission) {
        return told(
                OnlineJournal.isSwitch(left) ? (kind, why) -> {} : alarm::notTakenUp,
                () -> permitted(left, permission));
    }

    /** Tells that one is not taken up. */
    public void leaveAlone(String why) {
        leftAlone(alarm::notTakenUp, "Other", why);
    }

    private CutRun permitted(JournalContent run, Runnable permission) {
        // A switch is none of ours, whether acting is permitted or not.
        if (!OnlineJournal.isSwitch(run)) {
            permission.run();
        }
        return FailoverJournal.read(run, journals.json(), app);
    }

    /** Tells why some work fails, unless somebody ended it. */
    private static <T> T told(BiConsumer<String, String> teller, Supplier<T> work) {
        try {
            return work.get();
        } catch (InterruptedWork e) {
            throw e;
        } catch (MhaException e) {
            teller.accept(e.getClass().getSimpleName(), e.getMessage());
            throw e;
        }
    }

    /**
     * Takes one up.
     *
     * @return the exit status; empty if it was undone and watching can begin
     */
    public OptionalInt takeUp(CutRun cut, Finishing finishing) {
        ServerId source = cut.facts().tree().source();
        log.warning("A failover of {} was cut off in the middle (run {}); it is taken up now", source, cut.name());
        Snapshot now = new Sweep(SystemTime.TICKS, SystemTime.CLOCK)
                .sweepPatiently(app.servers(), Set.of(), TreeLook.PER_SERVER);
        return takeUp(cut, now, finishing);
    }

    OptionalInt takeUp(CutRun cut, Snapshot now, Finishing finishing) {
        ServerId source = cut.facts().tree().source();
        BiConsumer<String, String> teller = (kind, why) -> alarm.notTakenUp(source, now, kind, why);
        Sequel sequel = Aftermath.sequel(cut, now);
        if (sequel instanceof Sequel.Foreign foreign) {
            return leftAlone(
                    teller,
                    "Foreign",
                    "%s, which that failover did not do: somebody went on without it. It is not touched; if it is to be forgotten, move %s away"
                            .formatted(foreign.what(), journals.files().journal()));
        }
        if (sequel instanceof Sequel.SourceBack) {
            return leftAlone(
                    teller,
                    "SourceBack",
                    "%s answers again, though it was cut off; finishing the failover could make two writable masters. Stop it and start again to finish, or make it the master by hand and move %s away"
                            .formatted(source, journals.files().journal()));
        }
        if (sequel instanceof Sequel.Undo) {
            return undone(cut, teller);
        }
        cut.unsure().forEach(step -> log.info("Not known to have ended, done again: {}", StepWords.of(step)));
        return OptionalInt.of(alarm.journaled(
                journals::resume, why -> teller.accept("Unwritten", why), journal -> finishing.finish(cut, journal)));
    }

    private OptionalInt leftAlone(BiConsumer<String, String> teller, String kind, String why) {
        log.error("{}", why);
        teller.accept(kind, why);
        return OptionalInt.of(1);
    }

    /** Where replication stands still is told before the journal is closed, which a full disk may forbid. */
    private OptionalInt undone(CutRun cut, BiConsumer<String, String> teller) {
        ServerId source = cut.facts().tree().source();
        try (Journal journal = told(teller, journals::resume)) {
            List<String> left = told(teller, () -> undo(cut));
            log.info("{} answers: the failover is undone", source);
            if (!left.isEmpty()) {
                alarm.undonePartly(source, String.join("; ", left));
            }
            told(
                    (kind, why) -> alarm.undoneNotClosed(source, why),
                    () -> journal.end(new NotDone("undone: the source answered again")));
        }
        return OptionalInt.empty();
    }

    /** Answers where replication stands still. */
    private List<String> undo(CutRun cut) {
        try (Sessions sessions = Sessions.inheriting(app, log)) {
            new BackToGtids(cut.facts(), sessions, log, SystemTime.TICKS, SystemTime.SLEEPER).run();
            return new Undoing(cut.facts(), sessions, log, SystemTime.TICKS, SystemTime.SLEEPER).run();
        }
    }
}
