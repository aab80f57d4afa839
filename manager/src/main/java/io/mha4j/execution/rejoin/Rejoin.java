package io.mha4j.execution.rejoin;

import io.mha4j.base.Deadline;
import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.decision.Step;
import io.mha4j.decision.rejoin.RejoinPlan;
import io.mha4j.execution.Permit;
import io.mha4j.execution.RescueSteps;
import io.mha4j.execution.Sessions;
import io.mha4j.mysql.ReplicationControl;
import io.mha4j.mysql.SourceControl;
import io.mha4j.mysql.SourceTarget;
import io.mha4j.mysql.Sql;
import io.mha4j.mysql.online.OwnFilters;
import io.mha4j.remote.Host;
import io.mha4j.report.EventLog;
import io.mha4j.topology.HealthRules;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ReplicaStatus.Filters;
import io.mha4j.topology.ServerFacts;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;

/**
 * Does it on the servers. Every step finds out whether it is done already, so that all of it may be done again after it was cut
 * off anywhere: a former source is read-only before it is compared, and is compared before it is attached.
 */
public final class Rejoin {
    private static final Duration SHORT = Duration.ofSeconds(30);
    private static final Sql DURABILITY = Sql.of("SELECT CONCAT('sync_binlog=', @@global.sync_binlog,"
            + " ', innodb_flush_log_at_trx_commit=', @@global.innodb_flush_log_at_trx_commit)");
    private static final String DURABLE = "sync_binlog=1, innodb_flush_log_at_trx_commit=1";

    private final Place place;
    private final ServerId old;
    private final ServerFacts facts;
    private final Sessions sessions;
    private final Permit permit;

    /**
     * Where it happens.
     *
     * @param hosts   how the host of a server is reached
     * @param reading how its log is read
     */
    public record Place(
            Application app,
            EventLog log,
            Function<ServerSettings, Host> hosts,
            RescueSteps.Time time,
            Reading reading) {}

    /**
     * How a log is read.
     *
     * @param limit how long that may take
     * @param locks whether MHA's lock on the former source is kept meanwhile; the present source's never is
     */
    public record Reading(Duration limit, boolean locks) {
        /** Where it is attached behind that. */
        public static final Reading TO_ATTACH = new Reading(Duration.ofHours(6), true);

        /** Where nothing is to be changed: whoever wants to work there is not kept waiting, and what was read is proven afterwards. */
        public static Reading beside(Duration limit) {
            return new Reading(limit, false);
        }
    }

    /**
     * One former source.
     *
     * @param facts what it says about itself
     */
    public Rejoin(Place place, ServerId old, ServerFacts facts, Sessions sessions, Permit permit) {
        this.place = place;
        this.old = old;
        this.facts = facts;
        this.sessions = sessions;
        this.permit = permit;
    }

    /** Lets nobody write to it any more, its own events neither, and no client go to its host. */
    public void fence() {
        permit.requireHeld();
        new SourceControl(sessions.of(old, within())).setReadOnly(true, within());
        place.log().info("{}: takes no writes any more (read_only=1, super_read_only=1 where it knows it)", old);
        new OwnEvents(sessions.of(old, within()), place.log()).stop(within());
        Application app = place.app();
        StrayAddress.takeOff(app.of(old), app.servers(), place.hosts(), place.log(), within())
                .ifPresent(why -> place.log().error("{}: the virtual address {}; take it off there by hand", old, why));
    }

    /**
     * Compares it with its successor.
     *
     * @param keep whether what it has of its own is to be saved
     */
    public Comparison compare(RejoinPlan.Compare plan, boolean keep) {
        return new Comparing(place, old, facts, sessions).compare(plan, keep);
    }

    /** Takes away what a comparison saved. */
    public void discard(Comparison found) {
        if (found instanceof Comparison.Diverged diverged) {
            diverged.saved().ifPresent(new Comparing(place, old, facts, sessions)::delete);
        }
    }

    /** Why equal logs do not prove equal data on it, as a clause: a crash may have taken what its log has. */
    public Optional<String> doubt() {
        return sessions.of(old, within()).value(DURABILITY, within()).filter(d -> !d.equals(DURABLE));
    }

    /**
     * That it would leave out no other data than the present source's replicas do, as far as it tells before it is one itself.
     *
     * @throws MhaException if it would
     */
    public void requireSameFilters(RejoinPlan.Compare plan) {
        replication()
                .status(within())
                .filter(ReplicaStatus::follows)
                .map(ReplicaStatus::filters)
                .or(() -> new OwnFilters(sessions.of(old, within())).ask(within()))
                .ifPresent(own -> requireSame(own, plan.source(), plan.filters()));
    }

    private void requireSame(Filters own, ServerId source, Optional<Filters> ofSlaves) {
        ServerSettings settings = place.app().of(old);
        Optional<Filters> others = ofSlaves.or(() -> new OwnFilters(sessions.of(source, within())).ask(within()));
        String whose = ofSlaves.isPresent() ? "the slaves of " + source : source.toString();
        HealthRules.otherFilters(settings, Optional.of(own), whose, others).ifPresent(difference -> {
            throw new RejoinException(
                    old, "it would apply with " + difference + "; give it the same, or set check_repl_filter=0");
        });
        if (others.isEmpty() && !own.equals(Filters.NONE) && settings.policy().checkReplFilter()) {
            place.log()
                    .warning(
                            "{} applies with replication filters ({}); {} has no slaves and does not tell its own, so they were not"
                                    + " compared: see to it that they are the same",
                            old,
                            own,
                            source);
        }
    }

    /**
     * Makes it a replica of the present source, and returns when it replicates.
     *
     * @param others how others replicate from it
     */
    public void attach(RejoinPlan.Compare plan, Collection<ReplicaStatus> others) {
        permit.requireHeld();
        requireSameFilters(plan);
        SourceTarget target = target(plan).with(SourceTarget.Link.like(others));
        ReplicationControl replica = replication();
        replica.stopReplication(within());
        if (plan.start() instanceof Step.Start.ByGtid) {
            replica.adoptOwnHistory(within());
        }
        replica.changeSource(target, within());
        forgetUnlessSameFilters(replica, plan);
        if (plan.start() instanceof Step.Start.At) {
            sessions.of(old, within()).execute(Sql.of("SET GLOBAL relay_log_purge=0"), within());
        }
        start();
    }

    /** MySQL 5.5 to 5.7 tells only now; what it leaves out is gone for good. */
    private void forgetUnlessSameFilters(ReplicationControl replica, RejoinPlan.Compare plan) {
        try {
            replica.status(within()).ifPresent(now -> requireSame(now.filters(), plan.source(), plan.filters()));
        } catch (RejoinException e) {
            replica.forgetSource(within());
            throw e;
        }
    }

    /** Starts what was attached already. */
    public void start(RejoinPlan.Follows plan) {
        permit.requireHeld();
        replication().status(within()).ifPresent(now -> requireSame(now.filters(), plan.source(), plan.filters()));
        start();
    }

    private void start() {
        replication().startReplication(within());
    }

    private ReplicationControl replication() {
        return new ReplicationControl(
                sessions.of(old, within()), "", place.time().sleeper());
    }

    private SourceTarget target(RejoinPlan.Compare plan) {
        ServerSettings.Mysql login = place.app().of(plan.source()).mysql();
        String user = login.replUser()
                .filter(u -> login.replPassword().isPresent())
                .orElseThrow(() -> new RejoinException(
                        old,
                        "repl_user and repl_password of " + plan.source() + " are not set; set them and try again"));
        return new SourceTarget(
                plan.sourceName(),
                plan.source().port(),
                user,
                login.replPassword(),
                SourceTarget.Start.from(plan.start().place()));
    }

    private Deadline within() {
        return Deadline.in(SHORT, place.time().ticks());
    }
}
