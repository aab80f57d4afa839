package io.mha4j.cli.byhand;

import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.cli.admission.Admission;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.cli.online.LeftSwitch;
import io.mha4j.config.Application;
import io.mha4j.decision.Refusal;
import io.mha4j.execution.resume.FailoverJournal;
import io.mha4j.execution.resume.FailoverJournal.CutRun;
import io.mha4j.ha.ManagerLock;
import io.mha4j.report.EventLog;
import io.mha4j.report.HolderFile;
import io.mha4j.report.ProcessIdentity;
import io.mha4j.report.StateFiles;
import io.mha4j.report.journal.Journals;
import io.mha4j.report.json.JsonForm;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What stands in the way of a failover that no server shows: another process, and what earlier ones left. Changes nothing. */
public final class Obstacles {
    private static final String NO = "No failover: ";

    private final Application app;
    private final StateFiles files;
    private final EventLog log;

    public Obstacles(Application app, StateFiles files, EventLog log) {
        this.app = app;
        this.files = files;
        this.log = log;
    }

    /** One line for each: why a failover of {@code dead} would be refused, or what would come first. */
    public List<String> of(ServerId dead, Admission admission) {
        return Stream.<Supplier<Optional<String>>>of(
                        () -> holder().map(NO::concat),
                        () -> admission.earlier().map(Refusal::sentence).map(NO::concat),
                        () -> unfinished(dead))
                .flatMap(question -> answer(question).stream())
                .toList();
    }

    /** Whether one of those lines says that there would be none, and not only what would come first. */
    public static boolean refuses(String line) {
        return line.startsWith(NO);
    }

    /** What cannot be read now could not be read then. */
    private static Optional<String> answer(Supplier<Optional<String>> question) {
        try {
            return question.get();
        } catch (MhaException e) {
            return Optional.of(NO + e.getMessage());
        }
    }

    /** To try the lock would keep a manager away that starts at this moment. */
    private Optional<String> holder() {
        return HolderFile.read(files)
                .filter(ProcessIdentity::isAlive)
                .map(holder -> new ManagerLock.Claim.Theirs(files, Optional.of(holder)).sentence());
    }

    private Optional<String> unfinished(ServerId dead) {
        JsonForm json = new JsonForm();
        return new Journals(files, json, SystemTime.CLOCK).unfinished().map(run -> LeftSwitch.from(
                        run, dead, app, files, log)
                .map(left -> left.sentence() + "; it would be given up for the failover")
                .orElseGet(() -> sentence(FailoverJournal.read(run, json, app), dead)));
    }

    private String sentence(CutRun cut, ServerId dead) {
        return other(cut, dead)
                .map(NO::concat)
                .orElseGet(() -> "A failover of " + dead + " was cut off in the middle (run " + cut.name()
                        + "); it would be taken up, and not begin anew");
    }

    /** Why a failover of {@code dead} cannot begin while {@code cut} is unfinished; empty if it is the same one. */
    public Optional<String> other(CutRun cut, ServerId dead) {
        ServerId source = cut.facts().tree().source();
        return source.equals(dead)
                ? Optional.empty()
                : Optional.of("A failover of " + source + " was cut off (run " + cut.name()
                        + ") and comes before one of " + dead + "; name that one to finish it, or, if it is to be"
                        + " forgotten, move " + files.journal() + " away");
    }
}
