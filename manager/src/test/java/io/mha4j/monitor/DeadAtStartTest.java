package io.mha4j.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.base.Deadline;
import io.mha4j.base.ServerId;
import io.mha4j.decision.HealthState.Check;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class DeadAtStartTest {
    private static final ServerId SOURCE = new ServerId(0, "server1", "db1", "192.0.2.1", 3306);

    private static Check asked(Check answer) {
        SourceProbe probe = new SourceProbe() {
            @Override
            public Check check(Duration limit) {
                return answer;
            }

            @Override
            public boolean awaitNews(Deadline deadline) {
                return false;
            }

            @Override
            public void close() {}
        };
        return new DeadAtStart(SOURCE, probe).check(Duration.ofSeconds(1));
    }

    @Test
    void one_that_fails_again_is_counted() {
        assertThat(asked(new Check.Failed("refused"))).isEqualTo(new Check.Failed("refused"));
    }

    @Test
    void one_that_answers_or_refuses_us_is_alive_and_nothing_is_done() {
        assertThatThrownBy(() -> asked(new Check.Good()))
                .isInstanceOf(DeadAtStart.Alive.class)
                .hasMessageStartingWith(
                        "db1(192.0.2.1:3306) did not answer when the servers were looked at, but is alive;");
        assertThatThrownBy(() -> asked(new Check.Refused("too many connections")))
                .isInstanceOf(DeadAtStart.Alive.class);
    }

    @Test
    void one_that_takes_no_writes_is_counted_where_that_is_a_failure() {
        Check useless = new Check.Unusable("read_only was set", true);
        assertThat(asked(useless)).isEqualTo(useless);
        assertThatThrownBy(() -> asked(new Check.Unusable("read_only was set", false)))
                .isInstanceOf(DeadAtStart.Alive.class);
    }
}
