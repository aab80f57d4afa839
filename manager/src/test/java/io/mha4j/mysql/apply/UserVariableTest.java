package io.mha4j.mysql.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.binlog.Event;
import io.mha4j.binlog.EventType;
import io.mha4j.mysql.apply.UserVariable.Collation;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class UserVariableTest {
    private static final Map<Integer, Collation> COLLATIONS =
            Map.of(8, new Collation("latin1_swedish_ci", "latin1"), 63, new Collation("binary", "binary"));

    private static String assignment(String hex) {
        Event event = TestEvents.event(EventType.USER_VAR, hex, TestEvents.format("8.0.15", true));
        return UserVariable.assignment(event, COLLATIONS);
    }

    @Test
    void null_has_no_value() {
        assertThat(assignment("01000000 61 01")).isEqualTo("@`a`:=NULL");
    }

    @Test
    void text_keeps_its_bytes_and_collation() {
        assertThat(assignment("01000000 61 00 00 08000000 03000000 e90027 00"))
                .isEqualTo("@`a`:=_latin1 0xe90027 COLLATE `latin1_swedish_ci`");
        assertThat(assignment("01000000 61 00 00 3f000000 00000000 00")).isEqualTo("@`a`:=_binary '' COLLATE `binary`");
    }

    @Test
    void a_backquote_in_a_name_is_doubled() {
        assertThat(assignment("03000000 612060 01")).isEqualTo("@`a ```:=NULL");
    }

    @Test
    void integers_are_signed_or_not_by_their_flag() {
        assertThat(assignment("01000000 69 00 02 08000000 08000000 ffffffffffffffff 00"))
                .isEqualTo("@`i`:=-1");
        assertThat(assignment("01000000 69 00 02 08000000 08000000 ffffffffffffffff 01"))
                .isEqualTo("@`i`:=18446744073709551615");
        // 5.5 writes no flags.
        assertThat(assignment("01000000 69 00 02 08000000 08000000 0500000000000000"))
                .isEqualTo("@`i`:=5");
    }

    @Test
    void a_double_stays_one_and_keeps_every_bit() {
        assertThat(assignment("01000000 72 00 01 08000000 08000000 000000000000f83f 00"))
                .isEqualTo("@`r`:=1.5E0");
        assertThat(assignment("01000000 72 00 01 08000000 08000000 a0c8eb85f3cce17f 00"))
                .isEqualTo("@`r`:=1.0E308");
    }

    @Test
    void a_decimal_stays_one() {
        assertThat(assignment("01000000 64 00 04 08000000 09000000 0e04810dfb38d204d2 00"))
                .isEqualTo("@`d`:=1234567890.1234");
        assertThat(assignment("01000000 64 00 04 08000000 03000000 010087 00")).isEqualTo("@`d`:=7.");
    }

    @Test
    void a_collation_that_the_server_lacks_is_refused_by_its_number() {
        assertThatThrownBy(() -> assignment("01000000 61 00 00 ff000000 01000000 61 00"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("collation 255");
    }
}
