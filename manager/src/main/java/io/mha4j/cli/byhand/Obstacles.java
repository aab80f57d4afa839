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
    private final Application app;
    private final StateFiles files;
    private final EventLog log;

    public Obstacles(Application app, StateFiles files, EventLog log) {
        this.app = app;
        this.files = files;
        this.log = log;
    }

    /**
     * One of them.
     *
     * @param line    for people
     * @param refuses whether there would be no failover; else it is only what would come first
     */
    public record Obstacle(String line, boolean refuses) {
        private static Obstacle refusal(String why) {
            return new Obstacle("No failover: " + why, true);
        }

        private static Obstacle first(String what) {
            return new Obstacle(what, false);
        }
    }

    /** Why a failover of {@code dead} would be refused, and what would come first. */
    public List<Obstacle> of(ServerId dead, Admission admission) {
        return Stream.<Supplier<Optional<Obstacle>>>of(
                        () -> holder().map(Obstacle::refusal),
                        () -> admission.earlier().map(Refusal::sentence).map(Obstacle::refusal),
                        () -> unfinished(dead))
                .flatMap(question -> answer(question).stream())
                .toList();
    }

    /** What cannot be read now could not be read then. */
    private static Optional<Obstacle> answer(Supplier<Optional<Obstacle>> question) {
        try {
            return question.get();
        } catch (MhaException e) {
            return Optional.of(Obstacle.refusal(e.getMessage()));
        }
    }

    /** To try the lock would keep a manager away that starts at this moment. */
    private Optional<String> holder() {
        return HolderFile.read(files)
                .filter(ProcessIdentity::isAlive)
                .map(holder -> new ManagerLock.Claim.Theirs(files, Optional.of(holder)).sentence());
    }

    private Optional<Obstacle> unfinished(ServerId dead) {
        JsonForm json = new JsonForm();
        return new Journals(files, json, SystemTime.CLOCK).unfinished().map(run -> LeftSwitch.from(
                        run, dead, app, files, log)
                .map(left -> Obstacle.first(left.sentence() + "; it would be given up for the failover"))
                .orElseGet(() -> cut(FailoverJournal.read(run, json, app), dead)));
    }

    private Obstacle cut(CutRun cut, ServerId dead) {
        return other(cut, dead)
                .map(Obstacle::refusal)
                .orElseGet(() -> Obstacle.first("A failover of " + dead + " was cut off in the middle (run "
                        + cut.name() + "); it would be taken up, and not begin anew"));
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
