package io.mha4j.mysql.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class StatusVariablesTest {
    private static StatusVariables parse(String hex) {
        return StatusVariables.parse(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    @Test
    void what_is_not_told_has_its_default() {
        StatusVariables none = parse("");
        assertThat(none.options()).isEmpty();
        assertThat(none.increment()).isEqualTo(1);
        assertThat(none.incrementOffset()).isEqualTo(1);
        assertThat(none.timeZone()).isEmpty();
        assertThat(none.timeNames()).isZero();
        assertThat(none.databaseCollation()).isEmpty();
        assertThat(none.charsets()).isEmpty();
    }

    @Test
    void values_are_read_in_their_order() {
        StatusVariables read = parse("00 00400004 01 20000000 00000000 06 03 737464 03 0700 0300 04 ff00 2100 0800"
                + " 05 06 2b30353a3330 07 0400 08 0500 0c 02 746573740061 00 0d 2a0000 12 ff00 13 01");
        assertThat(read.options()).isEqualTo(OptionalLong.of(0x04004000));
        assertThat(read.sqlMode()).isEqualTo(OptionalLong.of(0x20));
        assertThat(read.increment()).isEqualTo(7);
        assertThat(read.incrementOffset()).isEqualTo(3);
        assertThat(read.charsets()).containsExactly(255, 33, 8);
        assertThat(read.timeZone()).isEqualTo("+05:30");
        assertThat(read.timeNames()).isEqualTo(4);
        assertThat(read.databaseCollation()).isEqualTo(OptionalInt.of(5));
        assertThat(read.microseconds()).isEqualTo(42);
        assertThat(read.plain())
                .containsExactly(
                        new StatusVariables.Setting("default_collation_for_utf8mb4", 255),
                        new StatusVariables.Setting("sql_require_primary_key", 1));
    }

    @Test
    void too_many_databases_have_no_names() {
        assertThat(parse("0c fe 0d 010000").microseconds()).isEqualTo(1);
    }

    /** MariaDB 11.5 writes its collations first, though their code is the highest. */
    @Test
    void mariadb_may_tell_collations_before_the_rest() {
        StatusVariables read = parse("83 01 2d00 e000 80 010000 81 0100000000000000");
        assertThat(read.charsetsByDefault()).isEqualTo(List.of(new StatusVariables.CharsetDefault(45, 224)));
        assertThat(read.microseconds()).isEqualTo(1);
    }

    /** MariaDB since 10.8, {@code binlog_alter_two_phase}: each step carries the statement's text. */
    @Test
    void of_an_alter_in_two_steps_only_the_end_changes_anything() {
        assertThat(parse("82 02 0d 010000").changesNothing()).isTrue();
        assertThat(parse("82 08 0500000000000000 0d 010000").changesNothing()).isTrue();
        StatusVariables done = parse("82 04 0500000000000000 0d 010000");
        assertThat(done.changesNothing()).isFalse();
        assertThat(done.microseconds()).isEqualTo(1);
        assertThat(parse("82 00 0d 010000").changesNothing()).isFalse();
    }

    @Test
    void an_unknown_code_is_refused_by_its_number() {
        assertThatThrownBy(() -> parse("00 00000000 63"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("status variable 99");
    }

    @Test
    void a_value_that_is_cut_is_refused() {
        assertThatThrownBy(() -> parse("05 06 2b30")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> parse("00 0000")).isInstanceOf(IllegalArgumentException.class);
    }
}
