package io.mha4j.monitor.received;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.decision.HealthState;
import io.mha4j.decision.HealthState.Check;
import io.mha4j.monitor.Evidence;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReceiversTooTest {
    private static final ServerId B = new ServerId(2, "server2", "b", "10.0.0.2", 3306);
    private static final ServerId C = new ServerId(3, "server3", "c", "10.0.0.3", 3306);

    private static final Check FAILED = new Check.Failed("no answer in time");

    private final Deque<Reception> looks = new ArrayDeque<>();
    private CountDownLatch taken = new CountDownLatch(1);
    private Evidence.Veto other = new Evidence.Veto(false, "no secondary check");

    @Test
    void a_replica_that_has_read_on_forbids_to_call_the_source_dead() {
        looks.add(new Reception(Map.of(B, at("bin.000007", 400), C, at("bin.000007", 300))));
        looks.add(new Reception(Map.of(B, at("bin.000007", 400), C, at("bin.000007", 350))));
        assertThat(decision().raised()).isTrue();
        assertThat(decision(new Reception(Map.of(B, at("bin.000008", 4)))).why())
                .contains("bin.000008");
    }

    @Test
    void replicas_that_stand_still_forbid_nothing() {
        looks.add(new Reception(Map.of(B, at("bin.000007", 400))));
        looks.add(new Reception(Map.of(B, at("bin.000007", 400))));
        assertThat(decision()).isEqualTo(other);
    }

    @Test
    void a_replica_that_is_silent_at_one_of_the_looks_forbids_nothing() {
        looks.add(Reception.UNKNOWN);
        looks.add(new Reception(Map.of(B, at("bin.000007", 400))));
        assertThat(decision().raised()).isFalse();
        looks.add(new Reception(Map.of(B, at("bin.000007", 400))));
        looks.add(Reception.UNKNOWN);
        assertThat(decision().raised()).isFalse();
    }

    @Test
    void what_others_object_is_told_first() {
        other = new Evidence.Veto(true, "paused");
        looks.add(new Reception(Map.of(B, at("bin.000007", 400))));
        looks.add(new Reception(Map.of(B, at("bin.000007", 500))));
        assertThat(decision()).isEqualTo(other);
    }

    @Test
    void what_was_received_until_the_source_refused_us_is_no_sign_that_it_lives_now() {
        looks.add(new Reception(Map.of(B, at("bin.000007", 100))));
        looks.add(new Reception(Map.of(B, at("bin.000007", 900))));
        looks.add(new Reception(Map.of(B, at("bin.000007", 900))));
        assertThat(decisionAfterRefusal()).isEqualTo(other);
    }

    @Test
    void what_is_received_after_that_is() {
        looks.add(new Reception(Map.of(B, at("bin.000007", 100))));
        looks.add(new Reception(Map.of(B, at("bin.000007", 900))));
        looks.add(new Reception(Map.of(B, at("bin.000007", 950))));
        assertThat(decisionAfterRefusal().raised()).isTrue();
    }

    @Test
    void a_refusal_between_the_last_failures_leaves_a_check_between_the_two_looks() {
        AtomicInteger checks = new AtomicInteger();
        Evidence evidence = new ReceiversToo(new Other(), () -> receivedBy(checks.get()), System::nanoTime);
        HealthState state = HealthState.HEALTHY;
        for (Check check : List.of(FAILED, FAILED, FAILED, new Check.Refused("too many connections"))) {
            state = state.after(check);
        }
        evidence.refused();
        while (state.health() != HealthState.Health.DEAD) {
            checks.incrementAndGet();
            state = state.after(FAILED);
            evidence.failing(state);
            await(taken);
        }
        assertThat(evidence.secondOpinion().raised()).isTrue();
    }

    /** Clients write between any two checks. */
    private Reception receivedBy(int check) {
        taken.countDown();
        return new Reception(Map.of(B, at("bin.000007", 100 + 50L * check)));
    }

    private Evidence.Veto decisionAfterRefusal() {
        Evidence evidence = new ReceiversToo(new Other(), this::look, System::nanoTime);
        evidence.failing(new HealthState(1));
        evidence.failing(new HealthState(2));
        await(taken);
        evidence.refused();
        taken = new CountDownLatch(1);
        evidence.failing(new HealthState(3));
        await(taken);
        evidence.failing(new HealthState(4));
        return evidence.secondOpinion();
    }

    private Evidence.Veto decision(Reception second) {
        looks.add(new Reception(Map.of(B, at("bin.000007", 100))));
        looks.add(second);
        return decision();
    }

    private Evidence.Veto decision() {
        taken = new CountDownLatch(1);
        Evidence evidence = new ReceiversToo(new Other(), this::look, System::nanoTime);
        for (int failures = 1; failures <= HealthState.FAILURES_TO_DEATH; failures++) {
            evidence.failing(new HealthState(failures));
        }
        await(taken);
        return evidence.secondOpinion();
    }

    private synchronized Reception look() {
        Reception next = looks.isEmpty() ? Reception.UNKNOWN : looks.remove();
        taken.countDown();
        return next;
    }

    /** Looks run in threads of their own. */
    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static BinlogPosition at(String file, long offset) {
        return new BinlogPosition(file, offset);
    }

    private final class Other implements Evidence {
        @Override
        public void failing(HealthState now) {}

        @Override
        public Veto secondOpinion() {
            return other;
        }

        @Override
        public boolean sshReachable() {
            return true;
        }
    }
}
