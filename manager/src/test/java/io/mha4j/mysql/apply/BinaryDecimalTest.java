package io.mha4j.mysql.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BinaryDecimalTest {
    /** The first two are the example of MySQL's {@code decimal.c}; the first two bytes are precision and scale. */
    @ParameterizedTest
    @CsvSource({
        "0e04 810dfb38d204d2, 1234567890.1234",
        "0e04 7ef204c72dfb2d, -1234567890.1234",
        "0101 81, 0.1",
        "0100 87, 7",
        "0100 78, -7",
        "0302 8000, 0.00",
        "0302 8063, 0.99"
    })
    void a_decimal_is_read(String hex, String expected) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThat(BinaryDecimal.parse(bytes, 0)).isEqualTo(new BigDecimal(expected));
    }

    @Test
    void leading_zeros_of_a_group_are_kept() {
        // 1.000000001 as DECIMAL(10,9)
        byte[] bytes = HexFormat.of().parseHex("0a09" + "81" + "00000001");
        assertThat(BinaryDecimal.parse(bytes, 0)).isEqualTo(new BigDecimal("1.000000001"));
    }
}
