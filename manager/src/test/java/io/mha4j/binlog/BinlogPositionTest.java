package io.mha4j.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BinlogPositionTest {
    @Test
    void the_millionth_file_comes_after_the_one_before() {
        assertThat(new BinlogPosition("bin.1000000", 4)).isGreaterThan(new BinlogPosition("bin.999999", 1_000));
    }

    @Test
    void it_reads_as_file_and_offset() {
        assertThat(new BinlogPosition("db1-bin.v2.000007", 5_000_000_000L)).hasToString("db1-bin.v2.000007:5000000000");
    }

    @Test
    void different_files_with_one_number_are_not_equal() {
        assertThat(new BinlogPosition("a.000001", 4)).isNotEqualByComparingTo(new BinlogPosition("b.000001", 4));
    }

    @Test
    void files_between_two_places_are_counted_by_number_within_one_log() {
        BinlogPosition here = new BinlogPosition("bin.999998", 900);
        assertThat(new BinlogPosition("bin.1000001", 4).filesAfter(here)).isEqualTo(3);
        assertThat(new BinlogPosition("bin.999998", 4).filesAfter(here)).isZero();
        assertThat(new BinlogPosition("bin.999997", 4).filesAfter(here)).isEqualTo(-1);
        assertThat(new BinlogPosition("log.1000001", 4).filesAfter(here)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 0, -1})
    void nothing_is_before_the_first_event(long offset) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BinlogPosition("bin.000001", offset))
                .withMessageContaining("bin.000001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bin", "bin.", "bin.index", "000001", "bin.00000a"})
    void a_file_has_a_numeric_suffix(String file) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BinlogPosition(file, 4))
                .withMessageContaining("suffix");
    }
}
