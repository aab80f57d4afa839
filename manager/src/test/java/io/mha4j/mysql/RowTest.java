package io.mha4j.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers answer where a variable is on or off. */
final class RowTest {
    @ParameterizedTest
    @ValueSource(strings = {"1", "ON", "NO_LOCK", "NO_LOCK_NO_ADMIN"})
    void every_word_but_off_is_on(String value) {
        assertThat(Row.isOn(value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "OFF", ""})
    void off_is_told_by_number_and_by_word(String value) {
        assertThat(Row.isOn(value)).isFalse();
    }
}
