package io.mha4j.execution.simulation;

import io.mha4j.config.ServerSettings.FenceWay;
import io.mha4j.config.ServerSettings.UnreadableTail;
import io.mha4j.decision.FailoverWishes;
import io.mha4j.decision.Step;
import io.mha4j.decision.StepResult.Fence;
import io.mha4j.decision.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Everything that a simulated failover meets, drawn from one number.
 *
 * @param faults    of a thousand steps, how many fail
 * @param source    what is true about the old source
 * @param answers   what scripts answer
 * @param deaths    after how many moments each life of the manager ends
 * @param meanwhile what happens while the manager is dead for the first time
 */
record Fate(
        long seed, World world, int faults, Source source, Answers answers, List<Integer> deaths, Meanwhile meanwhile) {
    /**
     * The truth about the old source.
     *
     * @param runs       its process runs, though the manager does not reach it
     * @param supervised something would start it again
     * @param returns    it will be started again once after it was ended
     * @param fence      what comes of the first try to end it
     * @param awaited    what comes of watching it
     * @param torn       its log ends with half a transaction
     */
    record Source(boolean runs, boolean supervised, boolean returns, Fence fence, Fence awaited, boolean torn) {}

    /** Exit statuses. */
    record Answers(int withdraw, int shutDown, int assign) {}

    enum Meanwhile {
        NOTHING,
        /** The old source answers again until somebody stops it. */
        SOURCE_ANSWERS,
        /** An operator lets another replica take writes. */
        OPERATOR_OPENS,
        /** An operator points a replica elsewhere. */
        OPERATOR_REPOINTS
    }

    /** How a step fails. */
    enum Fault {
        NONE,
        /** Nothing was changed. */
        BEFORE,
        /** It was done, but nobody knows. */
        AFTER,
        /** Nothing was changed, and that took all the time there was. */
        HANGS
    }

    static Fate of(long seed) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
        World world = perhapsDemandingItsLog(seed, world(random));
        int faults = List.of(0, 0, 15, 50, 120).get(random.nextInt(5));
        boolean supervised = random.nextInt(3) == 0;
        Source source = new Source(
                random.nextInt(3) == 0,
                supervised,
                random.nextInt(supervised ? 2 : 12) == 0,
                fence(random),
                fence(random),
                random.nextInt(6) == 0);
        Answers answers = new Answers(exit(random), shutDownExit(random), exit(random));
        List<Integer> deaths = IntStream.range(0, random.nextInt(4))
                .mapToObj(i -> random.nextInt(i == 0 ? 90 : 40))
                .toList();
        Meanwhile[] all = Meanwhile.values();
        Meanwhile meanwhile = random.nextInt(5) == 0 ? all[random.nextInt(all.length)] : Meanwhile.NOTHING;
        return new Fate(seed, world, faults, source, answers, deaths, meanwhile);
    }

    /** The same without the deaths of the manager. */
    Fate uninterrupted() {
        return new Fate(seed, world, faults, source, answers, List.of(), Meanwhile.NOTHING);
    }

    /** Whether a replica has what came from a server that nobody knows. */
    boolean hasStrays() {
        return world.gtids()
                && world.replicas().stream().anyMatch(r -> !r.strays().isEmpty());
    }

    /** Whether one of them would no longer be sent by a replica that has it, so that another is sent nothing at all (error 1236). */
    boolean hasPurgedStrays() {
        return world.replicas().stream()
                .anyMatch(r -> r.stray().purged() && !r.strays().isEmpty());
    }

    /** The same without what came from a server that nobody knows. */
    Fate withoutStrays() {
        List<World.Replica> clean =
                world.replicas().stream().map(r -> r.with(World.Stray.NONE)).toList();
        World other = new World(world.gtids(), world.written(), clean, world.wishes(), world.log(), world.setting());
        return new Fate(seed, other, faults, source, answers, deaths, meanwhile);
    }

    /** Of a step the same in every life of the manager. */
    Fault fault(Step step) {
        String words = isRest(step) ? "the rest of the log" : step.toString();
        int drawn = luck(words, 1000);
        if (drawn >= faults) {
            return Fault.NONE;
        }
        Fault[] all = Fault.values();
        return all[1 + luck(words + "how", all.length - 1)];
    }

    /** Whether SSH reaches the old source's host when its log is to be read: from the beginning, or within the time in which that is tried again. */
    boolean hostAnswers() {
        boolean triedAgain = world.log().unreadable() == UnreadableTail.RETRY;
        return world.log().ssh() || (triedAgain && luck("SSH answers again", 3) > 0);
    }

    /** Of which there is one in each run; where it begins is not drawn. */
    private static boolean isRest(Step step) {
        return step instanceof Step.SaveTail save && save.behind().isPresent();
    }

    /** Of the second reading of the old source's log. */
    Fault faultOfRest() {
        return fault(new Step.SaveTail(World.id(0), World.sourcePosition(0), Optional.of("")));
    }

    /** A number below {@code bound} that depends on nothing but the seed and this thing's words. */
    int luck(Object thing, int bound) {
        return new Random(seed * 31 + thing.toString().hashCode() * 0x9E3779B97F4A7C15L).nextInt(bound);
    }

    private static Fence fence(Random random) {
        List<Fence> all = List.of(Fence.PROVEN, Fence.REFUSED, Fence.UNKNOWN);
        return random.nextInt(3) < 2 ? Fence.PROVEN : all.get(random.nextInt(all.size()));
    }

    private static int shutDownExit(Random random) {
        return List.of(0, 0, 0, 10, 10, 1).get(random.nextInt(6));
    }

    private static int exit(Random random) {
        return List.of(0, 0, 0, 0, 10, 1).get(random.nextInt(6));
    }

    private static World world(Random random) {
        int written = 1 + random.nextInt(20);
        List<World.Replica> replicas = new ArrayList<>();
        for (int n = 0; n < 1 + random.nextInt(4); n++) {
            replicas.add(replica(random, written));
        }
        World.Log log = new World.Log(
                random.nextInt(3) > 0,
                random.nextBoolean() ? 0 : random.nextInt(written),
                random.nextInt(6) == 0 ? Math.min(written, random.nextInt(3)) : 0,
                random.nextInt(6) == 0);
        FenceWay way = random.nextInt(5) == 0 ? FenceWay.NONE : FenceWay.SSH;
        World.Setting setting = new World.Setting(
                random.nextInt(3) == 0, way, random.nextBoolean(), random.nextInt(3) == 0, random.nextInt(4) == 0);
        FailoverWishes wishes = new FailoverWishes(
                random.nextInt(8) == 0 ? Optional.of(forced(random, replicas.size())) : Optional.empty(),
                random.nextInt(12) > 0,
                random.nextInt(12) > 0,
                random.nextBoolean(),
                random.nextInt(12) > 0);
        boolean gtids = random.nextBoolean();
        boolean nobodyLogs = random.nextInt(6) == 0;
        return new World(
                gtids,
                written,
                nobodyLogs ? replicas.stream().map(Fate::withoutLog).toList() : replicas,
                wishes,
                log,
                setting);
    }

    private static World.Replica withoutLog(World.Replica r) {
        return r.health() == World.Health.FINE ? r.with(World.Health.NOT_LOGGING_UPDATES) : r;
    }

    /** Drawn apart: what else a seed stands for stays as it was. */
    private static World perhapsDemandingItsLog(long seed, World world) {
        World.Log log = world.log();
        UnreadableTail wanted = List.of(
                        UnreadableTail.STOP, UnreadableTail.RETRY, UnreadableTail.CONTINUE, UnreadableTail.CONTINUE)
                .get(new Random(seed * 31 + 7).nextInt(4));
        return world.with(new World.Log(log.ssh(), log.from(), log.lost(), log.fenceRequired(), wanted));
    }

    private static FailoverWishes.HostPort forced(Random random, int replicas) {
        int n = 1 + random.nextInt(replicas);
        return new FailoverWishes.HostPort(World.id(n).host(), World.id(n).port());
    }

    private static World.Replica replica(Random random, int written) {
        World.Health[] health = World.Health.values();
        int received = random.nextBoolean() ? written : 1 + random.nextInt(written);
        int applied = random.nextBoolean() ? received : random.nextInt(received + 1);
        World.Health state = random.nextInt(8) == 0 ? health[random.nextInt(health.length)] : World.Health.FINE;
        return new World.Replica(
                received,
                // Pointed once more, it has lost what it had not executed.
                state == World.Health.NO_PLACE ? received : applied,
                random.nextInt(3) == 0,
                random.nextInt(6) == 0,
                random.nextInt(4) > 0,
                state,
                random.nextBoolean() ? 0 : applied,
                new World.Stray(random.nextInt(4) == 0 ? 1 + random.nextInt(2) : 0, random.nextBoolean()));
    }
}
