package io.mha4j.execution.simulation;

import io.mha4j.base.ServerId;
import io.mha4j.config.ServerSettings.FenceWay;
import io.mha4j.decision.FailoverSummary;
import io.mha4j.decision.LossVerdict;
import io.mha4j.decision.Step;
import io.mha4j.decision.StepResult.Fence;
import io.mha4j.decision.World;
import io.mha4j.execution.simulation.Simulation.Ending;
import io.mha4j.execution.simulation.Simulation.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Runs a fate twice, with and without the deaths of the manager, and holds both against the rules. */
final class Trial {
    private final Fate fate;
    private final Conduct conduct;
    private final List<String> broken = new ArrayList<>();

    private Trial(Fate fate, Conduct conduct) {
        this.fate = fate;
        this.conduct = conduct;
    }

    /** Rules that were broken; none if all is well. */
    static List<String> of(long seed, Conduct conduct) {
        Trial trial = new Trial(Fate.of(seed), conduct);
        trial.run();
        return trial.broken;
    }

    private void run() {
        try {
            Simulation whole = new Simulation(fate.uninterrupted(), conduct);
            Ending expected = whole.run();
            check("", whole, expected);
            if (fate.hasStrays() && !fate.hasPurgedStrays() && fate.faults() == 0) {
                Ending clean = new Simulation(fate.withoutStrays().uninterrupted(), conduct).run();
                rule(
                        "what strayed in keeps everybody from being the master: " + expected,
                        clean.kind() != Kind.DONE || expected.kind() == Kind.DONE);
            }
            if (!fate.deaths().isEmpty()) {
                Simulation cut = new Simulation(fate, conduct);
                Ending ending = cut.run();
                check("after a death, ", cut, ending);
                compare(expected, whole, ending, cut);
            }
        } catch (IllegalStateException | IllegalArgumentException e) {
            broken.add("a bug shows: " + e);
        }
    }

    private void compare(Ending expected, Simulation whole, Ending ending, Simulation cut) {
        if (fate.meanwhile() != Fate.Meanwhile.NOTHING) {
            return;
        }
        if (!ending.equals(expected)) {
            broken.add("a resumed run ends otherwise: " + ending + " instead of " + expected);
        } else if (!cut.cluster().picture().equals(whole.cluster().picture())) {
            broken.add("a resumed run leaves " + cut.cluster().picture() + " instead of "
                    + whole.cluster().picture());
        }
    }

    private void check(String when, Simulation run, Ending ending) {
        Cluster cluster = run.cluster();
        cluster.violations().forEach(v -> broken.add(when + v));
        rule(when + "two servers were writable by our doing", cluster.mostWritable() <= 1);
        Duration bound = StepLimits.wholeRun(fate.world().replicas().size(), run.lives());
        rule(
                when + "took " + run.elapsed() + ", more than " + bound,
                run.elapsed().compareTo(bound) <= 0);
        if (ending.kind() == Kind.DECLINED) {
            rule(when + "declined after it had begun", !cluster.hooksBegun() && cluster.mostWritable() == 0);
        } else if (ending.kind() == Kind.UNDONE) {
            boolean asBefore = cluster.servers().values().stream()
                    .allMatch(s -> s.receiving && s.applying && s.settings && s.follows.equals(World.id(0)));
            rule(when + "undone, but not as it was: " + cluster.picture(), asBefore && cluster.mostWritable() == 0);
        }
        ending.summary().ifPresent(summary -> checkDone(when, cluster, summary));
    }

    private void rule(String sentence, boolean kept) {
        if (!kept) {
            broken.add(sentence);
        }
    }

    private void checkDone(String when, Cluster cluster, FailoverSummary summary) {
        Server newSource =
                Optional.ofNullable(cluster.servers().get(summary.newSource())).orElseThrow();
        rule(
                when + "finished, but nobody is open",
                newSource.opened || !fate.world().wishes().makeWritable());
        for (ServerId id : summary.following()) {
            Server s = Optional.ofNullable(cluster.servers().get(id)).orElseThrow();
            boolean follows = s.follows.equals(summary.newSource()) && s.receiving && s.applying && !s.onFeed;
            rule(when + id + " is said to follow, and does not", follows);
            rule(
                    when + id + " misses or repeats transactions of its new source",
                    s.startedBehind == 0 && s.applied == newSource.applied && s.strays.containsAll(newSource.strays));
        }
        if (fate.faults() == 0 && fate.meanwhile() == Fate.Meanwhile.NOTHING) {
            summary.leftBehind()
                    .forEach((id, why) -> rule(
                            when + id + " is left behind, though its new source had what it lacks: " + why,
                            !couldBeLevelled(cluster, id, summary.newSource())));
        }
        checkStrays(when, cluster, summary, newSource);
        checkLosses(when, cluster, summary, newSource.applied);
        boolean proven = summary.fence().state() == Fence.PROVEN;
        rule(when + "said to be fenced, but it runs", !proven || !cluster.old().runs());
    }

    /** Whether the new source needed nothing from elsewhere, and its own relay logs went back far enough. */
    private boolean couldBeLevelled(Cluster cluster, ServerId id, ServerId chosen) {
        Server newSource = Optional.ofNullable(cluster.servers().get(chosen)).orElseThrow();
        World.Replica left = fate.world().replicas().get(id.order() - 1);
        World.Replica opened = fate.world().replicas().get(chosen.order() - 1);
        Server server = Optional.ofNullable(cluster.servers().get(id)).orElseThrow();
        // What strayed in is in nobody's log but a replica's own, and only who follows that one gets it.
        boolean repoint = fate.world().wishes().repoint();
        boolean given = (newSource.logs && repoint) || server.strays.containsAll(newSource.strays);
        return fine(left)
                && fine(opened)
                && given
                && newSource.applied == opened.received()
                && !(newSource.logs && server.isRefusedBy(newSource))
                && opened.relayLogsFrom() <= left.applied();
    }

    private static boolean fine(World.Replica replica) {
        return replica.health() == World.Health.FINE || replica.health() == World.Health.NOT_LOGGING_UPDATES;
    }

    /** What others have, and the new source has not, is named. */
    private void checkStrays(String when, Cluster cluster, FailoverSummary summary, Server newSource) {
        for (Server s : cluster.servers().values()) {
            s.strays.stream()
                    .filter(stray -> s.stopped && !newSource.strays.contains(stray))
                    .map(stray -> fate.world().stray(stray).toString())
                    .forEach(gtid -> rule(
                            when + gtid + " is left out, and that is not said: " + summary.verdict(),
                            summary.verdict().sentence().contains(gtid)));
        }
    }

    /** What can be had must not be lost, and what is said about it must be true. */
    private void checkLosses(String when, Cluster cluster, FailoverSummary summary, int held) {
        OldSource old = cluster.old();
        int onReplicas = cluster.servers().values().stream()
                .filter(s -> s.stopped)
                .mapToInt(s -> s.received)
                .max()
                .orElse(0);
        rule(when + "holds " + held + " of " + onReplicas + " that replicas have", held >= onReplicas);
        if (readable(cluster)) {
            rule(when + "the old source's log could be read and was not", old.writtenWhenRead() >= 0);
            rule(
                    when + "holds " + held + " of " + old.writtenWhenRead() + " that were read",
                    held >= old.writtenWhenRead());
            boolean readableAtEnd = !old.isOff() && fate.faultOfRest() == Fate.Fault.NONE;
            rule(
                    when + "holds " + held + " of " + old.writtenWhenEnded() + " that could be read when it was ended",
                    !readableAtEnd || held >= old.writtenWhenEnded());
        }
        if (summary.verdict() instanceof LossVerdict.None) {
            rule(when + "no loss is said to be proven, but its log was not read", old.writtenWhenRead() >= 0);
            rule(
                    when + "no loss is said to be proven, but it lacks some that were read",
                    held >= old.writtenWhenRead());
            boolean forGood = summary.fence().state() == Fence.PROVEN;
            rule(
                    when + "no loss is said to be proven, but it took more: " + summary.verdict(),
                    !forGood || held >= old.written());
        } else if (clear(cluster)) {
            rule(when + "nothing is lost, and that is not seen: " + summary.verdict(), held < old.written());
        }
    }

    /** Whether one of both ways to read the log works: from the least, or from the most advanced replica on. */
    private boolean readable(Cluster cluster) {
        World world = fate.world();
        if (!fate.hostAnswers() || !world.wishes().saveTail()) {
            return false;
        }
        int end = cluster.old().writtenWhenTried() < 0
                ? cluster.old().written()
                : cluster.old().writtenWhenTried();
        return starts(cluster)
                .filter(from -> from >= world.log().from() && from <= end)
                .anyMatch(from ->
                        fate.fault(new Step.SaveTail(World.id(0), World.sourcePosition(from))) == Fate.Fault.NONE);
    }

    /** The least and the greatest place that replicas told, or that were found of those that do not tell theirs. */
    private IntStream starts(Cluster cluster) {
        World world = fate.world();
        List<World.Replica> stopped = IntStream.range(0, world.replicas().size())
                .filter(n -> Optional.ofNullable(cluster.servers().get(World.id(n + 1)))
                        .filter(s -> s.stopped)
                        .isPresent())
                .mapToObj(world.replicas()::get)
                .toList();
        Predicate<World.Replica> lost = r -> world.gtids() && r.health() == World.Health.NO_PLACE;
        List<World.Replica> unknown = stopped.stream().filter(lost).toList();
        Step search = new Step.FindTail(
                World.id(0),
                unknown.stream()
                        .map(r -> world.executed(r.applied(), r.strays()))
                        .distinct()
                        .toList());
        List<Integer> found = unknown.stream()
                .map(World.Replica::applied)
                .min(Comparator.naturalOrder())
                .filter(least -> least >= world.log().from() && fate.fault(search) == Fate.Fault.NONE)
                .map(world::fileHead)
                .stream()
                .toList();
        List<Integer> told = Stream.concat(
                        found.stream(), stopped.stream().filter(lost.negate()).map(World.Replica::applied))
                .toList();
        // What a delayed one holds back is copied only where nobody else would need the log.
        List<Integer> prompt = Stream.concat(
                        found.stream(),
                        stopped.stream()
                                .filter(lost.negate())
                                .filter(r -> r.health() != World.Health.DELAYED
                                        && r.health() != World.Health.DELAYED_NOT_SPARED)
                                .map(World.Replica::applied))
                .toList();
        return Stream.of(
                        (prompt.isEmpty() ? told : prompt).stream().min(Comparator.naturalOrder()),
                        told.stream().max(Comparator.naturalOrder()))
                .flatMap(Optional::stream)
                .mapToInt(Integer::intValue);
    }

    /** Whether everything was read, of a process that was seen to be gone and did not come back. */
    private boolean clear(Cluster cluster) {
        int most = cluster.servers().values().stream()
                .mapToInt(s -> s.received)
                .max()
                .orElse(0);
        World.Log log = fate.world().log();
        boolean endedBefore = log.ssh() || (log.lost() == 0 && fate.faultOfRest() == Fate.Fault.NONE);
        return readable(cluster)
                && endedBefore
                && fate.world().setting().fence() == FenceWay.SSH
                && fate.source().fence() == Fence.PROVEN
                && fate.fault(new Step.Fence(World.id(0))) == Fate.Fault.NONE
                && !fate.source().returns()
                && fate.fault(new Step.AwaitFence(World.id(0))) == Fate.Fault.NONE
                && cluster.old().writtenWhenRead() >= most;
    }
}
