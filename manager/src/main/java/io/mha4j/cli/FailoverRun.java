package io.mha4j.cli;

import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.base.SteadyClock;
import io.mha4j.cli.admission.Admission;
import io.mha4j.cli.admission.RefusalAlarm;
import io.mha4j.cli.command.ConfigOptions;
import io.mha4j.cli.command.Machine;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.cli.incident.IncidentKeeping;
import io.mha4j.cli.resume.CutFailover;
import io.mha4j.cli.resume.NotDone;
import io.mha4j.cli.watch.LastLook;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.FailoverSummary;
import io.mha4j.decision.Refusal;
import io.mha4j.execution.Failover;
import io.mha4j.execution.HookSteps;
import io.mha4j.execution.JournaledSteps;
import io.mha4j.execution.LevelSteps;
import io.mha4j.execution.Permit;
import io.mha4j.execution.RescueSteps;
import io.mha4j.execution.ServerSteps;
import io.mha4j.execution.Sessions;
import io.mha4j.execution.StepRunner;
import io.mha4j.execution.Story;
import io.mha4j.execution.fence.FenceSteps;
import io.mha4j.execution.level.SqlMarks;
import io.mha4j.execution.resume.BackToGtids;
import io.mha4j.execution.resume.FailoverJournal;
import io.mha4j.execution.resume.FailoverJournal.CutRun;
import io.mha4j.execution.resume.LeftStanding;
import io.mha4j.feed.Feed;
import io.mha4j.hooks.HookRunner;
import io.mha4j.hooks.Movers;
import io.mha4j.monitor.TreeLook;
import io.mha4j.report.EventLog;
import io.mha4j.report.FailoverReport;
import io.mha4j.report.FlagFiles;
import io.mha4j.report.ReportException;
import io.mha4j.report.Status;
import io.mha4j.report.StatusFile;
import io.mha4j.report.journal.Journal;
import io.mha4j.report.journal.Journals;
import io.mha4j.report.json.JsonForm;
import io.mha4j.settings.ConfigFileEdit;
import io.mha4j.topology.Replica;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** One failover as a command sees it: may it run at all, the run itself, what is left behind, the exit status. */
final class FailoverRun {
    private static final DateTimeFormatter RUN_NAME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

    private final Setup setup;
    private final Options options;
    private final StatusFile status;
    private final HookRunner hooks;
    private final Hosts hosts;
    private final EventLog log;
    private final FlagFiles flags;
    private final Admission admission;
    private final RefusalAlarm alarm;
    private final Permit permit;
    private final boolean interactive;
    private final Journals journals;
    private final CutFailover earlier;
    private final IncidentKeeping incidents;
    private final InstantSource clock;
    private Optional<FailoverSummary> summary = Optional.empty();
    /** Of a process that is dead. */
    private boolean takenUp;

    /** In the journal too: one that is not is read again, and the dead source must be in the configuration then. */
    private boolean ended;

    /** Another than the dead source may have {@code vip}. */
    private boolean addressStrays;

    private Duration owedWait = Duration.ZERO;

    /**
     * Over connections to {@code hosts}, which whoever made them closes.
     *
     * @param interactive whether a person at a terminal answers, who needs no time to read an error before it ends
     */
    FailoverRun(
            Setup setup,
            Options options,
            StatusFile status,
            HookRunner hooks,
            Hosts hosts,
            Permit permit,
            boolean interactive) {
        this.setup = setup;
        this.options = options;
        this.status = status;
        this.hooks = hooks;
        this.hosts = hosts;
        this.permit = permit;
        this.interactive = interactive;
        // What the steps took is told by it.
        SteadyClock steady = new SteadyClock(SystemTime.CLOCK, SystemTime.TICKS);
        this.journals = new Journals(setup.files(), new JsonForm(), steady);
        this.log = setup.log();
        this.clock = steady.notBehind(SystemTime.CLOCK);
        this.incidents = new IncidentKeeping(journals, steady, log);
        this.flags = new FlagFiles(setup.files(), SystemTime.CLOCK);
        this.admission = ManagerOptions.admission(options, setup.files());
        this.alarm = RefusalAlarm.of(setup.app(), setup.files(), log, interactive);
        this.earlier = new CutFailover(setup.app(), journals, alarm, log);
    }

    /** How the run ended; empty if it opened no new source. */
    Optional<FailoverSummary> summary() {
        return summary;
    }

    /** Whether it opened a new source, and all servers are as they should be. */
    boolean complete() {
        return summary.filter(FailoverSummary::complete).isPresent();
    }

    /** Answers the exit status: 0 complete, 10 done but somebody does not follow or with losses that are counted, 1 not done. */
    int run(FailoverFacts facts) {
        return run(facts, () -> true);
    }

    /**
     * @param makeWay is done when nothing speaks against the failover any more, right before it begins; answers whether nobody but
     *     the dead one may have {@code vip}
     */
    int run(FailoverFacts facts, BooleanSupplier makeWay) {
        status.show(Status.FAILOVER_RUNNING, Optional.of(facts.tree().source().host()), log);
        log.info("Starting master failover.");
        log.info("");
        log.info(Story.FIRST_HEADING);
        facts.tree().missing().forEach(m -> log.warning("{} cannot take part: {}", m.id(), m.why()));
        Optional<Refusal> no = admission.refusal(facts);
        if (no.isPresent()) {
            return refused(facts, no.get());
        }
        addressStrays = !makeWay.getAsBoolean();
        log.info("Starting {} based failover.", facts.tree().mode().usesGtids() ? "GTID" : "Non-GTID");
        return afterwards(facts, journaled(facts));
    }

    private int refused(FailoverFacts facts, Refusal why) {
        log.error("{}", why.sentence());
        alarm.refused(facts.tree().source(), why);
        return afterwards(facts, 1);
    }

    /** Looks at the servers of a dead source, then at it; that no failover can come of it is told as any other refusal. */
    TreeLook.Seen seen(ServerId dead, Supplier<TreeLook.Seen> look, Runnable lastLook) {
        return alarm.seen(dead, look, lastLook);
    }

    private int afterwards(FailoverFacts facts, int exit) {
        if (!complete()) {
            showFailure(facts);
        } else if (ended && options.get(ManagerOptions.REMOVE_DEAD_MASTER_CONF)) {
            forgetDeadSource(facts.tree().source().section());
        }
        return exit;
    }

    /** The failover is complete whether this works or not. */
    private void forgetDeadSource(String section) {
        String file = options.get(ConfigOptions.CONF);
        try {
            var backup = ConfigFileEdit.edit(file, text -> text.without(section));
            log.info("Deleted {} entry from {} . The file as it was: {}", section, file, backup);
        } catch (ConfigFileEdit.NotEdited e) {
            log.error("{}; remove [{}] by hand before a manager is started again", e.getMessage(), section);
        }
    }

    /**
     * One that an earlier process left unfinished; {@link #takeUp} takes it up.
     *
     * @param permission is asked if there is one; throws if it may not be taken up now
     */
    Optional<CutRun> unfinished(Runnable permission) {
        return earlier.left().map(left -> earlier.read(left, permission));
    }

    /** The same for who asks first whose run was left. */
    CutFailover earlier() {
        return earlier;
    }

    /** Takes it up; answers the exit status, or nothing if it was undone and watching can begin. */
    OptionalInt takeUp(CutRun cut) {
        status.show(
                Status.FAILOVER_RUNNING, Optional.of(cut.facts().tree().source().host()), log);
        OptionalInt exit = earlier.takeUp(cut, this::finished);
        exit.ifPresent(e -> afterwards(cut.facts(), e));
        return exit;
    }

    private int finished(CutRun cut, Journal journal) {
        takenUp = true;
        FailoverReport report = new FailoverReport(occasion(cut.facts()));
        cut.facts().progress().outcomes().forEach(report::tell);
        return carriedOut(cut.facts(), journal, cut.goingOnIn(journal), report);
    }

    private int journaled(FailoverFacts facts) {
        String name = RUN_NAME.format(LocalDateTime.ofInstant(SystemTime.CLOCK.instant(), SystemTime.zone()));
        return alarm.journaled(
                () -> journals.open(name, FailoverJournal.OPERATION, FailoverJournal.Beginning.of(facts)),
                why -> alarm.tell(facts.tree().source(), "Unwritten", why),
                journal ->
                        carriedOut(facts, journal, new JournaledSteps(journal), new FailoverReport(occasion(facts))));
    }

    /** One that is refused leaves them: they still forbid the next. */
    private void forgetEarlier() {
        boolean both = options.get(ManagerOptions.IGNORE_LAST_FAILOVER);
        survivingFullDisk(both ? flags::forget : flags::forgetComplete);
    }

    private FailoverReport.Occasion occasion(FailoverFacts facts) {
        String place = options.get(ManagerOptions.LOG)
                .or(setup.app()::log)
                .map(file -> Machine.name() + ":" + file)
                .orElseGet(Machine::name);
        return new FailoverReport.Occasion(
                setup.app().name(),
                facts.tree().source(),
                place,
                interactive,
                facts.tree().mode().usesGtids());
    }

    private Failover.End acted(FailoverFacts facts, JournaledSteps record, FailoverReport report) {
        Story story = new Story(log, report, facts);
        try (Sessions sessions = takenUp
                ? Sessions.inheriting(facts.app(), incidents::sent)
                : new Sessions(facts.app(), incidents::sent)) {
            if (!record.cutOffBegun()) {
                sessions.claim(facts.tree().replicas().stream().map(Replica::id).toList(), SystemTime.TICKS);
                forgetEarlier();
            }
            ServerSteps steps =
                    new ServerSteps(facts, sessions, helpers(facts, sessions), SystemTime.TICKS, SystemTime.SLEEPER);
            Failover.End end = new Failover(new StepRunner(permit, record, steps, clock), story).run(facts);
            if (!(end instanceof Failover.End.Done)) {
                putBack(facts, sessions);
            }
            return end;
        } catch (MhaException e) {
            return new Failover.End.Stopped(e.getMessage());
        }
    }

    private ServerSteps.Helpers helpers(FailoverFacts facts, Sessions sessions) {
        HookSteps scripts = new HookSteps(facts, new Movers(hooks, hosts::of), log, SystemTime.TICKS);
        if (addressStrays || takenUp) {
            // What a run that was cut off knew of it is not in its journal.
            scripts.expectStrayAddress();
        }
        RescueSteps.Time time =
                new RescueSteps.Time(SystemTime.TICKS, SystemTime.SLEEPER, SystemTime.CLOCK, SystemTime.zone());
        Feed.Time feedTime = new Feed.Time(SystemTime.TICKS, SystemTime.CLOCK);
        return new ServerSteps.Helpers(
                scripts,
                new FenceSteps(facts, hosts::of, log, SystemTime.TICKS, SystemTime.SLEEPER),
                new RescueSteps(facts, sessions, hosts::of, log, time),
                new LevelSteps(facts, sessions, hosts::of, log, feedTime, SystemTime.SLEEPER),
                LastLook.beforeOpening(facts.app().of(facts.tree().source())),
                log);
    }

    /** The journal is closed last: a manager that dies before it leaves a run that is taken up, and reported again. */
    private int carriedOut(FailoverFacts facts, Journal journal, JournaledSteps record, FailoverReport report) {
        Failover.End end = acted(facts, record, report);
        if (end instanceof Failover.End.Done done) {
            log.info("* Phase 5: New master cleanup phase..");
            summary = Optional.of(done.summary());
            survivingFullDisk(flags::recordComplete);
            forgetMarks(facts, done.summary());
            report.done(done.summary());
            tell(report, facts, incidents.done(facts.app(), done.summary(), report));
            ended = survivingFullDisk(() -> journal.end(done.summary()));
            return exitStatus(facts, done.summary());
        }
        String why = end instanceof Failover.End.Declined declined
                ? declined.why().sentence()
                : ((Failover.End.Stopped) end).why();
        log.error("{}", why);
        if (record.cutOffBegun()) {
            if (!record.openingBegun()) {
                new LeftStanding(facts, log).tell();
            }
            survivingFullDisk(flags::recordError);
            report.brokeOff(why, incidents.verdictBrokenOff(facts.app()));
            tell(report, facts, incidents.brokenOff(facts.app(), why, report));
        }
        survivingFullDisk(() -> journal.end(new NotDone(why)));
        if (!record.cutOffBegun()) {
            alarm.notBegun(facts.tree().source(), end);
        }
        return 1;
    }

    /** Beside the exit status all is as after one that lost nothing: the failover is complete. */
    private int exitStatus(FailoverFacts facts, FailoverSummary done) {
        boolean strict = facts.app().strictVerdict();
        done.verdict()
                .warning()
                .filter(losses -> strict && done.complete())
                .ifPresent(losses -> log.warning("strict_verdict=1: exit status 10, {}", losses));
        return done.exitStatus(strict);
    }

    /** Not before: until all follow, what one was given tells what the others must have. */
    private void forgetMarks(FailoverFacts facts, FailoverSummary done) {
        SqlMarks marks = new SqlMarks(facts, log);
        marks.forget(done.newSource());
        done.following().forEach(marks::forget);
    }

    /** Why the failover ended is told, whatever becomes of this. */
    private void putBack(FailoverFacts facts, Sessions sessions) {
        try {
            permit.requireHeld();
            new BackToGtids(facts, sessions, log, SystemTime.TICKS, SystemTime.SLEEPER).run();
        } catch (MhaException e) {
            log.warning("{}", e.getMessage());
        }
    }

    /** How it ended is told, and an old master guarded, whatever else fails. */
    private boolean survivingFullDisk(Runnable record) {
        try {
            record.run();
            return true;
        } catch (ReportException e) {
            log.error("{}", e.getMessage());
            return false;
        }
    }

    private void tell(FailoverReport report, FailoverFacts facts, Optional<String> incident) {
        report.printTo(log);
        Announcements world =
                new Announcements(facts.app(), facts.app().of(facts.tree().source()), hooks, log);
        world.tell(report);
        world.post(incident, report);
    }

    private void showFailure(FailoverFacts facts) {
        Duration time = options.get(ManagerOptions.WAIT_ON_FAILOVER_ERROR);
        if (!time.isZero() && !interactive) {
            owedWait = time;
            status.show(Status.FAILOVER_ERROR, Optional.of(facts.tree().source().host()), log);
        }
    }

    /** How long the status shall show a failure before the process ends; zero if there was none, or nobody wants it. */
    Duration owedWait() {
        return owedWait;
    }

    /** Waits as long as that. */
    void waitAfterFailure() {
        try {
            SystemTime.SLEEPER.sleep(owedWait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
