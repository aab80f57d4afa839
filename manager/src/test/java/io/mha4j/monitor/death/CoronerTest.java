package io.mha4j.monitor.death;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.Deadline;
import io.mha4j.decision.death.Findings;
import io.mha4j.decision.death.Keeper;
import io.mha4j.decision.death.Proof;
import io.mha4j.decision.death.Question;
import io.mha4j.monitor.DeathListener;
import io.mha4j.topology.details.ServerFiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class CoronerTest {
    private static final Duration ROUND = Duration.ofSeconds(10);

    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong now = new AtomicLong();
    private final World world = new World();
    private final Coroner coroner = new Coroner(world, new Teller(), now::get, time -> {
        now.addAndGet(time.toNanos());
        world.passes();
    });

    @Test
    void a_death_is_certain_when_everything_shows_it() {
        known();
        assertThat(proves()).isTrue();
        assertThat(told).containsExactly("seen 100", "certain");
    }

    @Test
    void any_single_thing_that_does_not_show_it_is_told_once_and_proves_nothing() {
        known();
        for (Question question : EnumSet.of(Question.NOT_STOPPED, Question.NOT_RESTARTED, Question.NOT_PAUSED)) {
            told.clear();
            world.against = Set.of(question);
            assertThat(proves()).isFalse();
            assertThat(proves()).isFalse();
            assertThat(told).containsExactly("uncertain [" + question + " is not so]");
        }
    }

    @Test
    void a_source_that_nobody_has_seen_alive_cannot_be_certainly_dead() {
        assertThat(proves()).isFalse();
        assertThat(world.looks.get()).isZero();
    }

    @Test
    void a_source_behind_a_new_connection_must_be_seen_again() {
        known();
        world.connection = 2;
        world.pid = -1;
        answersUntil(() -> told.contains("not seen"));
        assertThat(proves()).isFalse();
        assertThat(told).containsExactly("seen 100", "not seen", "uncertain [it is not known which process it was]");
    }

    @Test
    void a_look_at_the_living_source_that_fails_later_does_not_make_it_unknown() {
        known();
        world.pid = -1;
        now.addAndGet(Duration.ofMinutes(2).toNanos());
        answersUntil(() -> world.seen.get() == 2);
        now.addAndGet(Duration.ofMinutes(2).toNanos());
        answersUntil(() -> world.seen.get() == 3);
        assertThat(proves()).isTrue();
    }

    @Test
    void the_living_source_is_looked_at_once_a_minute() {
        known();
        for (int second = 1; second <= 125; second++) {
            now.addAndGet(Duration.ofSeconds(1).toNanos());
            coroner.answered();
            int minutes = second / 60;
            answersUntil(() -> world.seen.get() > minutes);
            assertThat(world.seen.get()).isEqualTo(1 + minutes);
        }
    }

    @Test
    void a_process_that_is_about_to_end_is_waited_for() {
        known();
        world.settlesAfter = 5;
        assertThat(proves()).isTrue();
        assertThat(Duration.ofNanos(now.get())).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void a_process_that_does_not_end_is_not_waited_for_long() {
        known();
        world.against = Set.of(Question.PROCESS_GONE, Question.PORT_REFUSES);
        assertThat(proves()).isFalse();
        assertThat(Duration.ofNanos(now.get())).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void a_round_that_is_over_allows_one_look_and_no_wait() {
        known();
        world.against = Set.of(Question.PROCESS_GONE);
        assertThat(coroner.proves(Deadline.in(Duration.ZERO, now::get))).isFalse();
        assertThat(world.looks.get()).isEqualTo(1);
        assertThat(now.get()).isZero();
    }

    @Test
    void routes_are_asked_last_and_everything_else_again_after_them() {
        world.routes = Optional.of(new Proof.Shown("gone"));
        known();
        assertThat(proves()).isTrue();
        assertThat(world.asked.get()).isEqualTo(1);
        assertThat(world.looks.get()).isEqualTo(2);
    }

    @Test
    void a_route_that_reaches_the_source_forbids_it() {
        world.routes = Optional.of(new Proof.Refuted("reached from elsewhere"));
        known();
        assertThat(proves()).isFalse();
        assertThat(told).contains("uncertain [reached from elsewhere]");
    }

    @Test
    void routes_are_not_asked_when_it_is_in_vain() {
        world.routes = Optional.of(new Proof.Shown("gone"));
        world.against = Set.of(Question.NOT_STOPPED);
        known();
        assertThat(proves()).isFalse();
        assertThat(world.asked.get()).isZero();
    }

    private void known() {
        answersUntil(() -> !told.isEmpty());
    }

    /** Looks at the living source run in threads of their own. */
    private void answersUntil(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            coroner.answered();
        }
    }

    private boolean proves() {
        return coroner.proves(Deadline.in(ROUND, now::get));
    }

    private final class World implements Scene {
        private final AtomicInteger looks = new AtomicInteger();
        private final AtomicInteger seen = new AtomicInteger();
        private final AtomicInteger asked = new AtomicInteger();
        private volatile long connection = 1;
        private volatile long pid = 100;
        private volatile int settlesAfter;
        private volatile Set<Question> against = Set.of();
        private Optional<Proof> routes = Optional.empty();

        void passes() {
            settlesAfter--;
        }

        @Override
        public OptionalLong connection() {
            return OptionalLong.of(connection);
        }

        @Override
        public Optional<ServerFiles> files() {
            return Optional.of(new ServerFiles("/data", "/data/db.pid", Optional.empty()));
        }

        @Override
        public Seen see(ServerFiles files) {
            long now = pid;
            seen.incrementAndGet();
            Keeper keeper = new Keeper(new Keeper.Parent(1, "init"), "init", false, Optional.empty());
            return now < 0
                    ? new Seen.NotFound("no right")
                    : new Seen.Found(new Instance(now, 7, "mysqld", files, 0, keeper));
        }

        @Override
        public Findings look(Instance instance, Deadline deadline) {
            looks.incrementAndGet();
            Findings found = Findings.NONE;
            for (Question question : EnumSet.complementOf(EnumSet.of(Question.KNOWN, Question.NOT_REACHED))) {
                boolean yet = question == Question.PROCESS_GONE && settlesAfter > 0;
                found = found.with(
                        question,
                        yet || against.contains(question)
                                ? new Proof.Refuted(question + " is not so")
                                : new Proof.Shown(question + " is so"));
            }
            return found;
        }

        @Override
        public boolean hasRoutes() {
            return routes.isPresent();
        }

        @Override
        public Proof notReached() {
            asked.incrementAndGet();
            return routes.orElseThrow();
        }
    }

    private final class Teller implements DeathListener {
        @Override
        public void known(String who) {
            told.add("seen " + who.replaceAll("\\D*(\\d+).*", "$1"));
        }

        @Override
        public void unknown(String why) {
            told.add("not seen");
        }

        @Override
        public void certain(List<String> evidence) {
            told.add("certain");
        }

        @Override
        public void uncertain(List<String> against) {
            told.add("uncertain " + against);
        }
    }
}
