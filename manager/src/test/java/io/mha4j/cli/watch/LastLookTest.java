package io.mha4j.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.base.Deadline;
import io.mha4j.base.ServerId;
import io.mha4j.decision.HealthState.Check;
import io.mha4j.monitor.SourceProbe;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LastLookTest {
    private static final ServerId SOURCE = new ServerId(1, "server1", "a", "10.0.0.1", 3306);
    private static final Duration INTERVAL = Duration.ofSeconds(3);

    private Check answer = new Check.Good();
    private int asked;
    private int closed;
    private long now;

    private final LastLook look = new LastLook(SOURCE, Probe::new, INTERVAL, () -> now);

    @Test
    void a_source_that_was_called_dead_just_now_is_not_asked() {
        now = INTERVAL.toNanos() - 1;
        look.throwIfAlive();
        assertThat(asked).isZero();
    }

    @Test
    void one_that_is_back_when_all_servers_have_been_looked_at_is_not_failed_over() {
        now = INTERVAL.toNanos();
        assertThatThrownBy(look::throwIfAlive)
                .isInstanceOf(LastLook.Alive.class)
                .hasMessage("a(10.0.0.1:3306) answers again, and nothing was changed yet");
        assertThat(closed).isEqualTo(1);
    }

    @Test
    void one_that_is_full_is_back_too() {
        now = INTERVAL.toNanos();
        answer = new Check.Refused("1040 too many connections");
        assertThatThrownBy(look::throwIfAlive).isInstanceOf(LastLook.Alive.class);
    }

    @Test
    void one_that_still_fails_stays_dead_also_where_it_only_takes_no_writes() {
        now = INTERVAL.toNanos();
        answer = new Check.Failed("connection refused");
        assertThatCode(look::throwIfAlive).doesNotThrowAnyException();
        answer = new Check.Unusable("read_only was set", true);
        assertThatCode(look::throwIfAlive).doesNotThrowAnyException();
        assertThat(asked).isEqualTo(2);
        assertThat(closed).isEqualTo(2);
    }

    private final class Probe implements SourceProbe {
        @Override
        public Check check(Duration limit) {
            asked++;
            assertThat(limit).isEqualTo(INTERVAL);
            return answer;
        }

        @Override
        public boolean awaitNews(Deadline deadline) {
            return false;
        }

        @Override
        public void close() {
            closed++;
        }
    }
}
