package io.mha4j.cli.resume;

import io.mha4j.base.ServerId;
import io.mha4j.cli.admission.RefusalAlarm;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.config.Application;
import io.mha4j.execution.Sessions;
import io.mha4j.execution.StepWords;
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
import io.mha4j.report.journal.Journals;
import io.mha4j.topology.Snapshot;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What becomes of a failover that was cut off: it is undone if nothing but replication threads was touched and the source answers, else
 * finished; neither, if the servers do not stand where it can have left them.
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
     * The run that an earlier process left unfinished; changes nothing.
     *
     * @throws io.mha4j.base.MhaException if its journal cannot be read or does not fit this configuration
     */
    public Optional<CutRun> unfinished() {
        return journals.unfinished().map(left -> FailoverJournal.read(left, journals.json(), app));
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
        Sequel sequel = Aftermath.sequel(cut, now);
        if (sequel instanceof Sequel.Foreign foreign) {
            log.error(
                    "{}, which that failover did not do: somebody went on without it. It is not touched; if it is to be"
                            + " forgotten, move {} away",
                    foreign.what(),
                    journals.files().journal());
            alarm.notTakenUp(source, now, foreign.what() + ", which it did not do");
            return OptionalInt.of(1);
        }
        if (sequel instanceof Sequel.SourceBack) {
            log.error(
                    "{} answers again, though it was cut off; finishing the failover could make two writable masters. Stop"
                            + " it and start again to finish, or make it the master by hand and move {} away",
                    source,
                    journals.files().journal());
            return OptionalInt.of(1);
        }
        if (sequel instanceof Sequel.Undo) {
            undo(cut);
            return OptionalInt.empty();
        }
        cut.unsure().forEach(step -> log.info("Not known to have ended, done again: {}", StepWords.of(step)));
        return OptionalInt.of(alarm.journaled(
                journals::resume,
                why -> alarm.notTakenUp(source, now, why),
                journal -> finishing.finish(cut, journal)));
    }

    private void undo(CutRun cut) {
        try (Journal journal = journals.resume();
                Sessions sessions = Sessions.inheriting(app, log)) {
            new BackToGtids(cut.facts(), sessions, log, SystemTime.TICKS, SystemTime.SLEEPER).run();
            new Undoing(cut.facts(), sessions, log, SystemTime.TICKS, SystemTime.SLEEPER).run();
            log.info("{} answers: the failover is undone", cut.facts().tree().source());
            journal.end(new NotDone("undone: the source answered again"));
        }
    }
}
