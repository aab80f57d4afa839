package io.mha4j.cli.rejoin;

import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.config.Application;
import io.mha4j.decision.Step;
import io.mha4j.decision.rejoin.Durability;
import io.mha4j.decision.rejoin.Parting;
import io.mha4j.decision.rejoin.RejoinPlan;
import io.mha4j.decision.rejoin.RejoinPlanner;
import io.mha4j.execution.Permit;
import io.mha4j.execution.RescueSteps;
import io.mha4j.execution.Sessions;
import io.mha4j.execution.rejoin.Comparison;
import io.mha4j.execution.rejoin.Rejoin;
import io.mha4j.execution.resume.FailoverJournal;
import io.mha4j.monitor.TreeLook;
import io.mha4j.mysql.Sweep;
import io.mha4j.remote.ssh.SshSessions;
import io.mha4j.report.EventLog;
import io.mha4j.report.StateFiles;
import io.mha4j.report.journal.JournalContent;
import io.mha4j.report.journal.Journals;
import io.mha4j.report.json.JsonForm;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ServerFacts;
import io.mha4j.topology.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One return. A manager may go on watching meanwhile, for this server is in no tree of its: what excludes others is MHA's lock on
 * the server itself, and no failover or switch may be under way.
 */
public final class Homecoming {
    /** What reading a log may take where nobody asked for it. */
    public static final Duration UNASKED = Duration.ofMinutes(10);

    private final Application app;
    private final EventLog log;
    private final Permit permit;
    private final ServerId old;
    private final JsonForm json = new JsonForm();
    private final Journals journals;
    private final RejoinPlan plan;
    private final boolean closed;

    /**
     * Looks at all servers and into the journals; changes nothing.
     *
     * @param app    with the returned one
     * @param permit asked before anything is changed
     * @throws MhaException if a failover or switch is under way, or a journal cannot be read
     */
    public Homecoming(Application app, StateFiles files, EventLog log, Permit permit, ServerId old) {
        this.app = app;
        this.log = log;
        this.permit = permit;
        this.old = old;
        this.journals = new Journals(files, json, SystemTime.CLOCK);
        Look first = look();
        this.plan = first.plan();
        this.closed = first.now().facts(old).filter(ServerFacts::readOnly).isPresent();
    }

    /** What all servers say, and what follows from it. */
    private record Look(Snapshot now, RejoinPlan plan) {}

    private Look look() {
        requireQuiet();
        Snapshot now =
                new Sweep(SystemTime.TICKS, SystemTime.CLOCK).sweep(app.servers(), Set.of(), TreeLook.PER_SERVER);
        return new Look(
                now,
                RejoinPlanner.plan(
                        old, now, journals.lastFinished(this::wasFailedOver).flatMap(this::parting)));
    }

    /**
     * Looks again: a person may have taken hours to answer, and a log hours to be read.
     *
     * @throws Changed if something else follows from what the servers say now
     */
    private Snapshot unchanged() {
        Look again = look();
        if (!again.plan().equals(plan)) {
            throw new Changed(
                    old + ": what the servers say has changed meanwhile; call again to see what is to be done now");
        }
        return again.now();
    }

    /** How it ended. */
    public sealed interface End {
        /** It replicates, or did so before. */
        record Home(String sentence) implements End {}

        /** It has transactions of its own. */
        record Diverged(Comparison.Diverged found) implements End {}

        /**
         * It has nothing of its own, and was left as it is.
         *
         * @param how how that is known, one clause
         */
        record Equal(String how) implements End {}

        /** It could be attached, but that is for a person to say. */
        record Offered(String doubt) implements End {}

        /** Nothing was changed. */
        record Refused(String why) implements End {}
    }

    public RejoinPlan plan() {
        return plan;
    }

    /** What it is compared by, if it is: one that is read-only and replicates was so attached. */
    public Optional<RejoinPlan.Compare> comparing() {
        return plan instanceof RejoinPlan.Follows follows
                ? follows.unproven().filter(compare -> !isAttached())
                : Optional.of(plan).filter(p -> p instanceof RejoinPlan.Compare).map(p -> (RejoinPlan.Compare) p);
    }

    /** Whether it replicates and is read-only already. */
    public boolean isAttached() {
        return plan instanceof RejoinPlan.Follows follows && follows.running() && closed;
    }

    /** Where it would go on, for people. */
    public static String start(RejoinPlan.Compare plan) {
        return plan.start() instanceof Step.Start.At at ? "from " + at.position() : "by GTID";
    }

    /** Compares only; changes nothing. */
    public Comparison compared(RejoinPlan.Compare compare) {
        try (SshSessions hosts = SshSessions.ofThisAccount(log::debug, log::warning);
                Sessions sessions = new Sessions(app, log)) {
            Rejoin rejoin = rejoin(unchanged(), hosts, sessions, Rejoin.Reading.TO_ATTACH);
            Comparison found = rejoin.compare(compare, false);
            if (found instanceof Comparison.Equal) {
                rejoin.requireSameFilters(compare);
            }
            return found;
        }
    }

    /**
     * The same for a manager that goes on watching: with {@code auto_rejoin=1} it is closed first, and its log may be long.
     *
     * @throws MhaException if it cannot be compared at present
     */
    public End compareUnasked() {
        return app.of(old).fencing().rejoins()
                ? compareOnly(true, Rejoin.Reading.TO_ATTACH.limit())
                : compareOnly(false, UNASKED);
    }

    /**
     * Compares one that takes no writes, and saves what it has of its own; attaches it to nobody.
     *
     * @param closes whether nobody at all is to write to it meanwhile, its own events and the powerful neither; else nothing is
     *               changed at any server
     * @param limit  how long its log may be read
     * @throws Changed if it takes writes, or something else follows by then from what the servers say
     * @throws MhaException if it cannot be compared at present
     */
    public End compareOnly(boolean closes, Duration limit) {
        if (plan instanceof RejoinPlan.Refused refused) {
            return new End.Refused(refused.why());
        }
        if (plan instanceof RejoinPlan.Follows follows) {
            return new End.Home("replicates from " + follows.source() + " already");
        }
        RejoinPlan.Compare compare = (RejoinPlan.Compare) plan;
        try (SshSessions hosts = SshSessions.ofThisAccount(log::debug, log::warning);
                Sessions sessions = new Sessions(app, log)) {
            Rejoin rejoin = rejoin(stillClosed(), hosts, sessions, Rejoin.Reading.beside(limit));
            if (closes) {
                rejoin.fence();
            }
            Comparison found = rejoin.compare(compare, true);
            boolean holds = false;
            try {
                stillClosed();
                holds = true;
            } finally {
                if (!holds) {
                    rejoin.discard(found);
                }
            }
            return found instanceof Comparison.Diverged diverged
                    ? new End.Diverged(diverged)
                    : equal(rejoin, ((Comparison.Equal) found).how());
        }
    }

    private End equal(Rejoin rejoin, String how) {
        return rejoin.doubt().or(this::doubtBefore).<End>map(End.Offered::new).orElseGet(() -> new End.Equal(how));
    }

    private Snapshot stillClosed() {
        Snapshot now = unchanged();
        if (now.facts(old).filter(ServerFacts::readOnly).isEmpty()) {
            throw new Changed(old + " takes writes");
        }
        return now;
    }

    /**
     * Closes it for writers, compares it and attaches it, as far as the plan and the comparison go.
     *
     * @param inDoubt whether it is attached although only its log, not its data, is proven to be equal
     * @throws MhaException if a step fails
     */
    public End bring(boolean inDoubt) {
        try (SshSessions hosts = SshSessions.ofThisAccount(log::debug, log::warning);
                Sessions sessions = new Sessions(app, log)) {
            Optional<RejoinPlan.Compare> comparing = comparing();
            if (comparing.isPresent()) {
                return bring(rejoin(unchanged(), hosts, sessions, Rejoin.Reading.TO_ATTACH), comparing.get(), inDoubt);
            }
            if (plan instanceof RejoinPlan.Follows follows) {
                return isAttached()
                        ? new End.Home("replicates from " + follows.source() + " already: nothing to do")
                        : goOn(rejoin(unchanged(), hosts, sessions, Rejoin.Reading.TO_ATTACH), follows);
            }
            return new End.Refused(((RejoinPlan.Refused) plan).why());
        }
    }

    private End goOn(Rejoin rejoin, RejoinPlan.Follows follows) {
        if (!closed) {
            rejoin.fence();
            log.warning(
                    "{} took writes and replicates from {}: what it has of its own cannot be told from what it received, so it"
                            + " was not compared",
                    old,
                    follows.source());
        }
        if (!follows.running()) {
            rejoin.start(follows);
        }
        return new End.Home("replicates from " + follows.source() + (follows.running() ? "" : " again")
                + (closed ? "" : "; it is read-only now, and was not compared"));
    }

    private End bring(Rejoin rejoin, RejoinPlan.Compare compare, boolean inDoubt) {
        rejoin.fence();
        Comparison found = rejoin.compare(compare, true);
        if (found instanceof Comparison.Diverged diverged) {
            return new End.Diverged(diverged);
        }
        log.info("{} has nothing of its own: {}", old, ((Comparison.Equal) found).how());
        Optional<String> doubt = rejoin.doubt().or(this::doubtBefore);
        if (doubt.isPresent()) {
            log.warning(
                    "{}: {}: if its host went down, and not only its process, its data may lack what its log has; compare"
                            + " them, or build it anew",
                    old,
                    doubt.get());
            if (!inDoubt) {
                return new End.Offered(doubt.get());
            }
        }
        rejoin.attach(compare, replicas(unchanged(), compare.source()));
        return new End.Home("replicates from " + compare.source() + ", " + start(compare) + "; it stays read-only");
    }

    private static List<ReplicaStatus> replicas(Snapshot now, ServerId source) {
        return now.servers().keySet().stream()
                .flatMap(server -> now.facts(server).stream())
                .flatMap(facts -> facts.replication().stream())
                .filter(channel -> channel.follows() && channel.pointsTo(source))
                .toList();
    }

    /** By the failover from it; without one nothing is known to doubt. */
    private Optional<String> doubtBefore() {
        return journals.lastFinished(this::wasFailedOver)
                .map(run -> json.read(run.opened().facts(), FailoverJournal.Beginning.class))
                .flatMap(begin -> Durability.doubt(begin.lastSource()));
    }

    private Rejoin rejoin(Snapshot now, SshSessions hosts, Sessions sessions, Rejoin.Reading reading) {
        RescueSteps.Time time =
                new RescueSteps.Time(SystemTime.TICKS, SystemTime.SLEEPER, SystemTime.CLOCK, SystemTime.zone());
        ServerFacts facts = now.facts(old).orElseThrow();
        Rejoin.Place place = new Rejoin.Place(app, log, server -> hosts.host(server.ssh()), time, reading);
        return new Rejoin(place, old, facts, sessions, () -> {
            permit.requireHeld();
            requireQuiet();
        });
    }

    private void requireQuiet() {
        journals.unfinished().ifPresent(run -> {
            throw new UnderWay(
                    "run " + run.opened().run() + ", a " + run.opened().operation()
                            + ", is not finished; wait for it, or finish it with the command that began it");
        });
    }

    private boolean wasFailedOver(JournalContent run) {
        return run.opened().operation().equals(FailoverJournal.OPERATION)
                && run.opened().facts().at("/tree/source/host").asText().equals(old.host())
                && run.opened().facts().at("/tree/source/port").asInt() == old.port()
                && parting(run).isPresent();
    }

    private Optional<Parting> parting(JournalContent run) {
        return Parting.of(FailoverJournal.history(run, json, app));
    }

    /** What was planned is not what is to be done any more. */
    public static final class Changed extends MhaException {
        Changed(String message) {
            super(message);
        }
    }

    /** Somebody else changes servers. */
    public static final class UnderWay extends MhaException {
        UnderWay(String message) {
            super(message);
        }
    }
}
