package io.mha4j.cli.online;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.decision.online.OnlineFacts;
import io.mha4j.decision.online.OnlinePlan;
import io.mha4j.decision.online.OnlineStep;
import io.mha4j.decision.online.OnlineUndo;
import io.mha4j.execution.Permit;
import io.mha4j.execution.Sessions;
import io.mha4j.execution.SideBySide;
import io.mha4j.execution.online.AddressSteps;
import io.mha4j.execution.online.OnlineJournal;
import io.mha4j.execution.online.OnlineSteps;
import io.mha4j.execution.online.OnlineSwitch;
import io.mha4j.execution.online.OnlineWords;
import io.mha4j.execution.online.SwitchAftermath;
import io.mha4j.hooks.HookRunner;
import io.mha4j.hooks.Movers;
import io.mha4j.monitor.TreeLook;
import io.mha4j.mysql.Sweep;
import io.mha4j.remote.LocalRunner;
import io.mha4j.remote.ssh.SshSessions;
import io.mha4j.report.EventLog;
import io.mha4j.report.ReportException;
import io.mha4j.report.StateFiles;
import io.mha4j.report.journal.Journal;
import io.mha4j.report.journal.Journals;
import io.mha4j.report.json.JsonForm;
import io.mha4j.topology.Replica;
import io.mha4j.topology.Snapshot;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A switch with its journal, from the beginning or from where an earlier process died. */
final class SwitchRun {
    private static final DateTimeFormatter RUN_NAME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");
    private static final OnlineSteps.Time TIME = new OnlineSteps.Time(SystemTime.TICKS, SystemTime.SLEEPER);

    private static final Duration LOGIN = Duration.ofSeconds(5);

    private final Application app;
    private final EventLog log;
    private final StateFiles files;
    private final SshSessions hosts;
    private final JsonForm json = new JsonForm();
    private final Journals journals;

    /** Over connections of {@code hosts}, which whoever made them closes. */
    SwitchRun(Application app, EventLog log, StateFiles files, SshSessions hosts) {
        this.app = app;
        this.log = log;
        this.files = files;
        this.hosts = hosts;
        this.journals = new Journals(files, json, SystemTime.CLOCK);
    }

    /** What the journal keeps of the end. */
    private record Ended(String how) {}

    /**
     * Logs in to the servers of a plan, each by itself. One that cannot be logged in to is tried again, and told, when the
     * plan begins.
     */
    static List<Runnable> connecting(OnlinePlan plan, Sessions sessions) {
        List<Runnable> work = new ArrayList<>();
        plan.steps().map(OnlineStep::server).distinct().forEach(server -> work.add(() -> connect(server, sessions)));
        return work;
    }

    private static void connect(ServerId server, Sessions sessions) {
        try {
            sessions.of(server, Deadline.in(LOGIN, SystemTime.TICKS));
        } catch (InterruptedWork e) {
            throw e;
        } catch (MhaException e) {
            // See above.
        }
    }

    /** Does it, over {@code sessions}, which whoever made them closes. */
    OnlineSwitch.End run(Permit permit, OnlineFacts facts, ServerId next, Sessions sessions) {
        String name = RUN_NAME.format(LocalDateTime.ofInstant(SystemTime.CLOCK.instant(), SystemTime.zone()));
        OnlineJournal.Beginning begin = new OnlineJournal.Beginning(facts.tree(), facts.wishes(), next);
        OnlinePlan plan = OnlinePlan.of(facts, next);
        AddressSteps address = lookAtAddress(facts, next);
        try (Journal journal = journals.open(name, OnlineJournal.OPERATION, begin)) {
            return act(permit, new Acting(facts, address, journal, 0), sessions, run -> run.run(plan));
        }
    }

    /**
     * Looks where the address is that is moved without a script.
     *
     * @throws CommandException if it could not be moved
     */
    AddressSteps lookAtAddress(OnlineFacts facts, ServerId next) {
        AddressSteps address = address(facts);
        try {
            address.prepare(facts.oldSource(), next);
            return address;
        } catch (CommandException e) {
            throw new CommandException(e.getMessage() + "; nothing was changed", e);
        }
    }

    /**
     * What an earlier process left unfinished; changes nothing.
     *
     * @throws io.mha4j.base.MhaException if it is no switch, or does not fit this configuration
     */
    Optional<OnlineJournal.Cut> unfinished() {
        return journals.unfinished().map(left -> OnlineJournal.read(left, json, app));
    }

    /** Undoes it, or finishes it; nothing if somebody else went on meanwhile. */
    Optional<OnlineSwitch.End> takeUp(Permit permit, OnlineJournal.Cut cut) {
        Optional<String> foreign = SwitchAftermath.foreign(cut, now(cut.facts()));
        if (foreign.isPresent()) {
            log.error(
                    "{}, which that switch did not bring about: somebody went on without it. Nothing is touched;"
                            + " if it is to be forgotten, move {} away",
                    foreign.get(),
                    files.journal());
            return Optional.empty();
        }
        OnlinePlan plan = OnlinePlan.of(cut.facts(), cut.newSource());
        // The holder of the manager's lock that finds a journal knows that its process is dead.
        try (Journal journal = journals.resume();
                Sessions sessions = Sessions.inheriting(app, log)) {
            Acting acting = new Acting(cut.facts(), address(cut.facts()), journal, cut.stage());
            return Optional.of(act(permit, acting, sessions, run -> run.takeUp(plan, cut)));
        }
    }

    /** Takes the clients' address from the new source, which gets {@code vip} before it is opened; whether that is known to be gone. */
    boolean takeAddressBack(OnlineJournal.Cut cut) {
        return address(cut.facts()).takeBack(cut.newSource(), cut.facts().oldSource(), cut.closed());
    }

    /** Puts back what it set on replicas before writes stopped; what cannot be is told. */
    void releaseReplicas(OnlineJournal.Cut cut) {
        OnlinePlan plan = OnlinePlan.of(cut.facts(), cut.newSource());
        try (Sessions sessions = Sessions.inheriting(cut.facts().app(), log)) {
            OnlineSteps steps = new OnlineSteps(cut.facts(), sessions, address(cut.facts()), log, TIME);
            List<Callable<Boolean>> work = new ArrayList<>();
            OnlineUndo.of(plan.preparation()).stream()
                    .collect(Collectors.groupingBy(OnlineStep::server))
                    .values()
                    .forEach(ofOne -> work.add(() -> released(ofOne, steps)));
            SideBySide.run("switch-release", work);
        }
    }

    private boolean released(List<OnlineStep> ofOneServer, OnlineSteps steps) {
        try {
            for (OnlineStep step : ofOneServer) {
                step.match(steps);
                log.info("{}: ok", OnlineWords.of(step));
            }
            return true;
        } catch (InterruptedWork e) {
            throw e;
        } catch (MhaException e) {
            log.warning(
                    "{}; to be done by hand: {}",
                    e.getMessage(),
                    ofOneServer.stream().map(OnlineWords::of).collect(Collectors.joining(", ")));
            return false;
        }
    }

    private AddressSteps address(OnlineFacts facts) {
        Movers movers = new Movers(new HookRunner(new LocalRunner()), server -> hosts.host(server.ssh()));
        return new AddressSteps(facts, movers, log, SystemTime.TICKS);
    }

    private Snapshot now(OnlineFacts facts) {
        List<ServerSettings> servers = Stream.concat(
                        Stream.of(facts.oldSource()),
                        facts.tree().replicas().stream().map(Replica::id))
                .map(app::of)
                .toList();
        return new Sweep(SystemTime.TICKS, SystemTime.CLOCK).sweep(servers, Set.of(), TreeLook.PER_SERVER);
    }

    /** What one run works with. */
    private record Acting(OnlineFacts facts, AddressSteps address, Journal journal, int stage) {}

    /** A journal whose run could not be ended stays open, so that it can be taken up. */
    private OnlineSwitch.End act(
            Permit permit, Acting acting, Sessions sessions, Function<OnlineSwitch, OnlineSwitch.End> work) {
        OnlineSteps steps = new OnlineSteps(acting.facts(), sessions, acting.address(), log, TIME);
        OnlineJournal record = new OnlineJournal(acting.journal(), acting.stage());
        OnlineSwitch.End end = work.apply(new OnlineSwitch(permit, record, steps, TIME, log));
        if (!(end instanceof OnlineSwitch.End.Stuck)) {
            ended(acting.journal(), end instanceof OnlineSwitch.End.Done ? "switched" : "undone");
        }
        return end;
    }

    /** What was done stays done whether this can be written down or not. */
    private void ended(Journal journal, String how) {
        try {
            journal.end(new Ended(how));
        } catch (ReportException e) {
            log.error(
                    "The switch has ended ({}), and that could not be written down: {}. Move {} away when it can be, before the next switch or"
                            + " failover, which would take this one up",
                    how,
                    e.getMessage(),
                    files.journal());
        }
    }
}
