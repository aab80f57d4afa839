package io.mha4j.decision.rejoin;

import io.mha4j.base.ServerId;
import io.mha4j.binlog.GtidSet;
import io.mha4j.decision.Step;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ReplicaStatus.Filters;
import io.mha4j.topology.ServerFacts;
import io.mha4j.topology.ServerState;
import io.mha4j.topology.Snapshot;
import io.mha4j.topology.VersionRule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the present source and how a former one can follow it. Pure. */
public final class RejoinPlanner {
    private final ServerId old;
    private final Snapshot now;
    private final Optional<Parting> parting;

    private RejoinPlanner(ServerId old, Snapshot now, Optional<Parting> parting) {
        this.old = old;
        this.now = now;
        this.parting = parting;
    }

    /**
     * @param old     the former source
     * @param now     a look at all servers
     * @param parting what the last failover from it left
     */
    public static RejoinPlan plan(ServerId old, Snapshot now, Optional<Parting> parting) {
        RejoinPlanner planner = new RejoinPlanner(old, now, parting);
        return now.facts(old)
                .map(planner::ofLiving)
                .orElseGet(() ->
                        refused(old + " does not let us in" + why(now.servers().get(old))
                                + "; start it, with read_only=1 in its configuration, and try again"));
    }

    private static String why(@Nullable ServerState state) {
        if (state instanceof ServerState.Unreachable silent) {
            return ": " + silent.why();
        }
        return state instanceof ServerState.Refusing no ? ": " + no.message() : "";
    }

    private static RejoinPlan refused(String why) {
        return new RejoinPlan.Refused(why);
    }

    private RejoinPlan ofLiving(ServerFacts facts) {
        Optional<ServerId> follower = others().filter(s -> follows(s, old)).findFirst();
        if (follower.isPresent()) {
            return refused(follower.get() + " replicates from " + old + ": it is a master, and no returned one");
        }
        List<ServerId> sources = others().filter(this::mayBeSource).toList();
        if (sources.size() != 1) {
            return refused(
                    sources.isEmpty()
                            ? "no other server is a master: none that replicates from nobody has replicas or took over from "
                                    + old
                            : sources.stream().map(ServerId::toString).collect(Collectors.joining(" and "))
                                    + " could be the master; make one of them a replica of the other first");
        }
        return beside(sources.get(0), facts);
    }

    private Stream<ServerId> others() {
        return now.servers().keySet().stream()
                .filter(s -> !s.equals(old) && now.facts(s).isPresent());
    }

    private Optional<ReplicaStatus> channel(ServerId server) {
        return now.facts(server).stream()
                .flatMap(f -> f.replication().stream())
                .filter(ReplicaStatus::follows)
                .findFirst();
    }

    private boolean follows(ServerId replica, ServerId source) {
        return channel(replica).filter(c -> c.pointsTo(source)).isPresent();
    }

    private boolean mayBeSource(ServerId server) {
        boolean tookOver = parting.filter(p -> p.newSource().equals(server)).isPresent();
        return channel(server).isEmpty() && (tookOver || others().anyMatch(s -> follows(s, server)));
    }

    private RejoinPlan beside(ServerId source, ServerFacts facts) {
        Optional<ReplicaStatus> already = channel(old);
        if (already.isPresent()) {
            ReplicaStatus status = already.get();
            return status.pointsTo(source)
                    ? following(source, status, facts)
                    : refused(old + " replicates from " + status.source() + ", not from the master " + source
                            + "; RESET SLAVE ALL there first if that is a mistake");
        }
        return now.facts(source)
                .flatMap(its -> VersionRule.objection(source, its, old, facts))
                .map(why -> refused("%s; upgrade %s first, then masterha rejoin".formatted(why, old)))
                .orElseGet(() -> comparison(source, facts));
    }

    private RejoinPlan following(ServerId source, ReplicaStatus status, ServerFacts facts) {
        boolean running = status.receiver().running() && status.applier().running();
        Optional<RejoinPlan.Compare> unproven = parting.map(p -> comparison(source, facts))
                .filter(plan -> plan instanceof RejoinPlan.Compare)
                .map(plan -> (RejoinPlan.Compare) plan)
                .flatMap(compare -> running || wentOn(status) ? bySets(compare) : Optional.of(compare));
        return new RejoinPlan.Follows(source, running, unproven, filters(source));
    }

    /** Where its log holds more than its own, only sets can tell what is its own. */
    private static Optional<RejoinPlan.Compare> bySets(RejoinPlan.Compare compare) {
        return Optional.of(new RejoinPlan.Compare(
                        compare.source(),
                        compare.sourceName(),
                        compare.start(),
                        compare.byGtid(),
                        Optional.empty(),
                        compare.filters()))
                .filter(RejoinPlan.Compare::byGtid);
    }

    /**
     * Whether it has received from its successor since the failover. Its own log then has transactions that are not its own, and
     * by file and position it goes on where it is.
     */
    private boolean wentOn(ReplicaStatus status) {
        return parting.flatMap(Parting::openedAt)
                .flatMap(opened -> status.read().filter(read -> read.isAtOrAfter(opened)))
                .isPresent();
    }

    private RejoinPlan comparison(ServerId source, ServerFacts facts) {
        boolean gtids = usesGtids(source, facts);
        boolean byGtid = gtids
                && isSet(facts)
                && now.facts(source).filter(RejoinPlanner::isSet).isPresent();
        boolean known = parting.flatMap(Parting::heldUpTo).isPresent();
        if (!byGtid && !known) {
            return refused("nothing tells how much of " + old + "'s binary log " + source
                    + " has: no finished failover from " + old
                    + " is among the journals in manager_workdir; build it anew from a backup");
        }
        return start(source, gtids)
                .<RejoinPlan>map(start -> new RejoinPlan.Compare(
                        source, nameOf(source), start, byGtid, parting.flatMap(Parting::heldUpTo), filters(source)))
                .orElseGet(() -> refused("the last failover from " + old + " was to another server than " + source
                        + ", so nothing tells where in its binary log " + old
                        + " would have to go on; build it anew from a backup"));
    }

    /** As the present source's replicas do; without any, as at the failover. */
    private boolean usesGtids(ServerId source, ServerFacts facts) {
        List<ReplicaStatus> channels = channelsTo(source).toList();
        return channels.isEmpty()
                ? parting.map(Parting::gtids).orElse(isSet(facts))
                : channels.stream().allMatch(ReplicaStatus::autoPosition);
    }

    /** In MySQL the set tells each transaction; in MariaDB one number stands for all before it, whoever wrote them. */
    private static boolean isSet(ServerFacts facts) {
        return facts.gtidsOn()
                && facts.executed().filter(g -> g instanceof GtidSet).isPresent();
    }

    private Optional<Step.Start> start(ServerId source, boolean gtids) {
        return gtids
                ? Optional.of(new Step.Start.ByGtid())
                : parting.filter(p -> p.newSource().equals(source))
                        .flatMap(Parting::openedAt)
                        .map(Step.Start.At::new);
    }

    private String nameOf(ServerId source) {
        return channelsTo(source).map(ReplicaStatus::sourceHost).findFirst().orElse(source.host());
    }

    private Optional<Filters> filters(ServerId source) {
        return channelsTo(source).map(ReplicaStatus::filters).findFirst();
    }

    private Stream<ReplicaStatus> channelsTo(ServerId source) {
        return others().filter(s -> follows(s, source)).flatMap(s -> channel(s).stream());
    }
}
