package io.mha4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
}
