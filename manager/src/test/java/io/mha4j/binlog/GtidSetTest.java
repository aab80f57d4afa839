package io.mha4j.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GtidSetTest {
    private static final String A = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
    private static final String B = "00000000-0000-0000-0000-000000000001";

    @Test
    void blanks_line_breaks_and_capitals_do_not_matter() {
        assertThat(GtidSet.parse(A.toUpperCase(Locale.ROOT) + ":1-5,\n" + B + ":7"))
                .hasToString(B + ":7," + A + ":1-5");
    }

    @Test
    void nothing_is_the_empty_set() {
        assertThat(GtidSet.parse("")).isEqualTo(GtidSet.EMPTY).hasToString("");
        assertThat(GtidSet.parse(" , \n")).isEqualTo(GtidSet.EMPTY);
    }

    @Test
    void touching_intervals_become_one() {
        assertThat(GtidSet.parse(A + ":4-5:1-3:9")).hasToString(A + ":1-5:9");
    }

    @Test
    void a_tag_holds_until_the_next_tag() {
        assertThat(GtidSet.parse(A + ":1-3:backup:4:6-7:Other:1"))
                .hasToString(A + ":1-3," + A + ":backup:4:6-7," + A + ":other:1");
    }

    @Test
    void the_same_number_under_a_tag_is_another_transaction() {
        assertThat(GtidSet.parse(A + ":1-3").covers(GtidSet.parse(A + ":tag:1")))
                .isFalse();
    }

    @Test
    void servers_are_the_same_whatever_the_tags() {
        GtidSet all = GtidSet.parse(A + ":1-5:tag:1," + B + ":7");
        assertThat(Gtids.ofOtherServers(all, GtidSet.parse(A + ":9"))).hasToString(B + ":7");
        assertThat(Gtids.ofOtherServers(all, GtidSet.parse(A + ":other:9"))).hasToString(B + ":7");
        assertThat(Gtids.ofOtherServers(all, GtidSet.EMPTY)).isEqualTo(all);
    }

    @Test
    void the_largest_number_of_all_is_an_ordinary_one() {
        GtidSet largest = GtidSet.parse(A + ":9223372036854775806");
        assertThat(largest.union(GtidSet.parse(A + ":1"))).hasToString(A + ":1:9223372036854775806");
        assertThat(GtidSet.parse(A + ":5-9223372036854775806:7").minus(largest))
                .hasToString(A + ":5-9223372036854775805");
        assertThat(GtidSet.parse(A + ":1-9223372036854775806").minus(GtidSet.parse(A + ":3-9223372036854775806:2")))
                .hasToString(A + ":1");
    }

    @Test
    void the_other_flavour_cannot_be_compared() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GtidSet.EMPTY.covers(MariadbGtids.parse("0-1-5")))
                .withMessageContaining("0-1-5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "0-1-5",
                A,
                A + ":",
                A + ":0",
                A + ":5-3",
                A + ":1-",
                A + ":-3",
                A + ":1--3",
                A + ":tag",
                A + ":1:tag",
                A + ":1,x:3",
                A + ":99999999999999999999",
                A + ":9999999999999999999",
                A + ":9223372036854775807",
                "3e11fa47:1"
            })
    void what_is_no_set_is_named(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GtidSet.parse(text))
                .withMessageContaining("GTID set")
                .withMessageContaining(text.substring(text.indexOf(',') + 1));
    }
}
