package io.mha4j.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MariadbGtidsTest {
    @Test
    void domains_are_in_order_and_blanks_do_not_matter() {
        assertThat(MariadbGtids.parse("1-2-7, 0-1-100\n")).hasToString("0-1-100,1-2-7");
    }

    @Test
    void nothing_is_the_empty_position() {
        assertThat(MariadbGtids.parse("")).isEqualTo(MariadbGtids.EMPTY).hasToString("");
        assertThat(MariadbGtids.parse("0-1-1").covers(MariadbGtids.EMPTY)).isTrue();
        assertThat(MariadbGtids.EMPTY.covers(MariadbGtids.parse("0-1-1"))).isFalse();
    }

    @Test
    void the_number_of_another_servers_transaction_does_not_cover() {
        assertThat(MariadbGtids.parse("0-1-100,0-2-101").covers(MariadbGtids.parse("0-1-101")))
                .isFalse();
        assertThat(MariadbGtids.parse("0-1-100,0-2-150").covers(MariadbGtids.parse("0-3-101")))
                .isFalse();
        assertThat(MariadbGtids.parse("0-2-101").covers(MariadbGtids.parse("0-1-101")))
                .isFalse();
        assertThat(MariadbGtids.parse("0-1-101,0-2-101").covers(MariadbGtids.parse("0-1-101")))
                .isTrue();
    }

    @Test
    void a_server_is_another_one_in_each_domain() {
        MariadbGtids all = MariadbGtids.parse("0-1-100,0-2-7,5-1-3");
        assertThat(Gtids.ofOtherServers(all, MariadbGtids.parse("0-1-9"))).hasToString("0-2-7,5-1-3");
    }

    @Test
    void what_a_server_wrote_is_told_though_others_wrote_further() {
        MariadbGtids all = MariadbGtids.parse("0-1-100,0-2-7");
        assertThat(all.writtenBy(2)).hasToString("0-2-7");
        assertThat(all.endsWrittenBy(2)).isEqualTo(MariadbGtids.EMPTY);
    }

    @Test
    void a_position_behind_it_covers_what_a_forgotten_server_wrote() {
        assertThat(MariadbGtids.parse("0-3-240").covers(MariadbGtids.parse("0-1-100")))
                .isTrue();
        assertThat(MariadbGtids.parse("0-3-240,0-4-250").covers(MariadbGtids.parse("0-1-100")))
                .isTrue();
    }

    @Test
    void older_transactions_of_other_servers_are_not_asked_for() {
        assertThat(MariadbGtids.parse("0-3-240").covers(MariadbGtids.parse("0-1-100,0-3-240")))
                .isTrue();
        assertThat(MariadbGtids.parse("0-1-100,0-3-240").position()).hasToString("0-3-240");
    }

    @Test
    void what_others_wrote_further_makes_own_writes_history() {
        MariadbGtids all = MariadbGtids.parse("0-1-100,0-2-101,1-2-5,1-3-6");
        assertThat(all.endsWrittenBy(2)).hasToString("0-2-101");
        assertThat(all.endsWrittenBy(2).minus(MariadbGtids.parse("0-2-100"))).hasToString("0-2-101");
        assertThat(all.endsWrittenBy(2).minus(MariadbGtids.parse("0-2-101"))).isEqualTo(MariadbGtids.EMPTY);
    }

    @Test
    void a_domain_that_is_missing_is_not_covered() {
        assertThat(MariadbGtids.parse("0-1-5").covers(MariadbGtids.parse("0-1-1,1-1-1")))
                .isFalse();
    }

    @Test
    void the_other_flavour_cannot_be_compared() {
        assertThatIllegalArgumentException().isThrownBy(() -> MariadbGtids.EMPTY.covers(GtidSet.EMPTY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0-1", "0-1-2-3", "a-1-2", "-1-1-2", "0-1-", "0-1-9999999999999999999", "3e11fa47-71ca-11e1:1-5"
            })
    void what_is_no_position_is_named(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MariadbGtids.parse("1-1-1," + text))
                .withMessageContaining("not a MariaDB GTID: " + text);
    }

    @Test
    void lacking_transactions_are_as_many_as_were_numbered_since() {
        MariadbGtids known = MariadbGtids.parse("0-1-100,7-3-5");
        assertThat(Gtids.count(MariadbGtids.parse("0-1-110"), known)).isEqualTo(10);
        assertThat(Gtids.count(MariadbGtids.parse("0-1-110,0-2-105"), known)).isEqualTo(10);
        assertThat(Gtids.count(MariadbGtids.parse("0-1-101,7-3-7,9-1-2"), known))
                .isEqualTo(5);
        assertThat(Gtids.count(MariadbGtids.parse("0-2-90"), known)).isEqualTo(1);
    }
}
