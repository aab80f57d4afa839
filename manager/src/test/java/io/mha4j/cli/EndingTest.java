package io.mha4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.base.InterruptedWork;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class EndingTest {
    private static final Map<String, String> UNIT = Map.of("INVOCATION_ID", "8a3f");

    @Test
    void a_unit_sees_that_the_end_was_asked_for() {
        assertThat(Ending.insteadOfOne(UNIT, OptionalLong.of(1))).isEqualTo(143);
    }

    @Test
    void whoever_else_started_it_sees_what_mha_says() {
        assertThat(Ending.insteadOfOne(Map.of(), OptionalLong.of(1))).isEqualTo(1);
        assertThat(Ending.insteadOfOne(UNIT, OptionalLong.of(812))).isEqualTo(1);
        assertThat(Ending.insteadOfOne(UNIT, OptionalLong.empty())).isEqualTo(1);
    }

    @Test
    void work_that_is_waited_for_ends_the_process_with_its_status() {
        try (Ending ending = Ending.ofThisThread(() -> {})) {
            assertThat(ending.undisturbed(() -> told(ending, 10))).isEqualTo(10);
            assertThat(ending.status()).isEqualTo(10);
        }
    }

    @Test
    void nothing_follows_work_without_a_status_when_the_process_was_told_to_end() {
        try (Ending ending = Ending.ofThisThread(() -> {})) {
            int asEver = ending.status();
            assertThat(ending.undisturbed(() -> -1)).isEqualTo(-1);
            assertThatThrownBy(() -> ending.undisturbed(() -> told(ending, -1))).isInstanceOf(InterruptedWork.class);
            assertThat(ending.status()).isEqualTo(asEver);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private static int told(Ending ending, int exit) {
        assertThat(ending.tell()).isTrue();
        return exit;
    }
}
