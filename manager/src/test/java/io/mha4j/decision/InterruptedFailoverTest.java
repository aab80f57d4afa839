package io.mha4j.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.decision.World.Replica;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The invariant that matters most: cut anywhere, a failover never opens two servers and ends as if never cut. */
class InterruptedFailoverTest {
    /** More of them for a long look: {@code mvn -Dmha4j.test.worlds=100000}. */
    private static final int RANDOM_WORLDS = Integer.getInteger("mha4j.test.worlds", 120);

    private static final int CUT_EVERYWHERE = Math.max(4, RANDOM_WORLDS / 150);

    static Stream<World> worlds() {
        return Stream.concat(
                Stream.of(
                        new World(false, 9, List.of(Replica.at(9), Replica.at(9)), FailoverWishes.DEFAULT),
                        new World(true, 9, List.of(Replica.at(7).asPreferred(), Replica.at(9)), FailoverWishes.DEFAULT),
                        new World(false, 9, List.of(Replica.at(7), Replica.at(9)), FailoverWishes.DEFAULT),
                        new World(
                                        false,
                                        9,
                                        List.of(Replica.at(5), Replica.at(7).applying(2), Replica.at(6)),
                                        FailoverWishes.DEFAULT)
                                .with(World.Log.WHOLE),
                        new World(
                                true,
                                9,
                                List.of(Replica.at(9).asBarred(), Replica.at(8).applying(3), Replica.at(5)),
                                FailoverWishes.DEFAULT)),
                IntStream.range(0, CUT_EVERYWHERE).mapToObj(seed -> random(new Random(seed))));
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void a_failover_cut_after_any_step_never_leaves_two_writable_servers(World world) {
        checkEveryCut(world, Set.of());
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void nor_when_a_step_fails_and_the_manager_is_cut(World world) {
        for (Step step : stepsOf(world)) {
            checkEveryCut(world, Set.of(step));
        }
    }

    @org.junit.jupiter.api.Test
    void random_worlds_with_random_failures_and_one_cut_keep_the_rules() {
        for (int seed = 0; seed < RANDOM_WORLDS; seed++) {
            Random random = new Random(seed);
            World world = random(random);
            Set<Step> failing = new HashSet<>();
            List<Step> steps = stepsOf(world);
            for (int i = 0; i < random.nextInt(3) && !steps.isEmpty(); i++) {
                failing.add(steps.get(random.nextInt(steps.size())));
            }
            FakeCluster whole = FakeCluster.of(world).failingAt(failing);
            Next expected = whole.runFailover();
            FakeCluster cut =
                    FakeCluster.of(world).failingAt(failing).cutAfter(random.nextInt(Math.max(1, whole.events())));
            int number = seed;
            compare(() -> "seed " + number + " " + world, whole, expected, cut);
        }
    }

    private static void checkEveryCut(World world, Set<Step> failing) {
        FakeCluster whole = FakeCluster.of(world).failingAt(failing);
        Next expected = whole.runFailover();
        for (int cut = 0; cut <= whole.events(); cut++) {
            int event = cut;
            compare(
                    () -> world + " failing at " + failing + " cut at event " + event,
                    whole,
                    expected,
                    FakeCluster.of(world).failingAt(failing).cutAfter(cut));
        }
    }

    private static void compare(Supplier<String> what, FakeCluster whole, Next expected, FakeCluster cut) {
        Next ended = cut.runFailover();
        assertThat(cut.mostWritable()).as(what).isLessThanOrEqualTo(1);
        assertThat(cut.violations()).as(what).isEmpty();
        assertThat(cut.diverged()).as(what).isEmpty();
        assertThat(ended).as(what).isEqualTo(expected);
        if (ended instanceof Next.Finished) {
            assertThat(cut.summary()).as(what).isEqualTo(whole.summary());
        }
    }

    private static List<Step> stepsOf(World world) {
        FakeCluster cluster = FakeCluster.of(world);
        cluster.runFailover();
        return cluster.facts().progress().outcomes().stream().map(Outcome::step).toList();
    }

    static World random(Random random) {
        List<Replica> replicas = new ArrayList<>();
        int written = 1 + random.nextInt(20);
        World.Health[] health = World.Health.values();
        for (int n = 0; n < 1 + random.nextInt(4); n++) {
            int received = random.nextBoolean() ? written : 1 + random.nextInt(written);
            int applied = random.nextBoolean() ? received : random.nextInt(received + 1);
            World.Health state = random.nextInt(4) == 0 ? health[random.nextInt(health.length)] : World.Health.FINE;
            replicas.add(new Replica(
                    received,
                    // Pointed once more, it has lost what it had not executed.
                    state == World.Health.NO_PLACE ? received : applied,
                    random.nextInt(3) == 0,
                    random.nextInt(5) == 0,
                    random.nextBoolean(),
                    state,
                    random.nextBoolean() ? 0 : applied));
        }
        World.Log log = new World.Log(
                random.nextBoolean(),
                random.nextBoolean() ? 0 : random.nextInt(written),
                random.nextInt(4) == 0 ? random.nextInt(3) : 0,
                random.nextInt(6) == 0);
        return new World(random.nextBoolean(), written, replicas, FailoverWishes.DEFAULT, log);
    }
}
