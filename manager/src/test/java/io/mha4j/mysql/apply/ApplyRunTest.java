package io.mha4j.mysql.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.binlog.EventHeader;
import io.mha4j.binlog.FormatDescription;
import io.mha4j.binlog.LittleEndian;
import org.junit.jupiter.api.Test;

/** What the server is told of the format where one file ends and the next begins. */
final class ApplyRunTest {
    private static final int CREATED_AT = EventHeader.BYTES + 52;

    private final FormatDescription relayed = TestEvents.format("8.0.15", true);
    private final FormatDescription stored = created(relayed);

    @Test
    void between_transactions_each_format_is_told() {
        assertThat(ApplyRun.formatBehind(null, relayed, false)).contains(relayed);
        assertThat(ApplyRun.formatBehind(relayed, stored, false)).contains(stored);
    }

    @Test
    void a_transaction_that_goes_on_in_the_next_file_is_not_disturbed() {
        assertThat(stored).isNotEqualTo(relayed);
        assertThat(ApplyRun.formatBehind(relayed, stored, true)).isEmpty();
    }

    @Test
    void where_it_goes_on_without_checksums_nothing_says_that_the_source_has_started() {
        FormatDescription bare = created(TestEvents.format("8.0.15", false));
        assertThat(ApplyRun.formatBehind(relayed, bare, true))
                .hasValueSatisfying(told -> assertThat(told.checksums()).isFalse())
                .hasValueSatisfying(told -> assertThat(told.created()).isZero());
    }

    private static FormatDescription created(FormatDescription format) {
        byte[] event = format.event().clone();
        LittleEndian.put(event, CREATED_AT, 4, 1_700_000_000L);
        return FormatDescription.parse(event);
    }
}
