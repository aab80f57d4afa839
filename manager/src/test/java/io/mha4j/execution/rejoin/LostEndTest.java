package io.mha4j.execution.rejoin;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.binlog.BinlogPosition;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a source wrote on whose binary log lost its end. */
final class LostEndTest {
    private static final List<BinlogPosition> LOGS = List.of(
            new BinlogPosition("bin.000001", 9000),
            new BinlogPosition("bin.000002", 500),
            new BinlogPosition("bin.000003", 700));

    @Test
    void what_it_wrote_since_begins_with_the_log_that_it_began_at_its_start() {
        assertThat(Comparing.behindLostEnd(LOGS, new BinlogPosition("bin.000002", 800)))
                .contains(new BinlogPosition("bin.000003", 4));
    }

    @Test
    void where_it_began_none_nothing_behind_the_lost_end_can_be_told() {
        BinlogPosition heldUpTo = new BinlogPosition("bin.000003", 800);
        assertThat(Comparing.behindLostEnd(LOGS, heldUpTo)).contains(heldUpTo);
    }

    @Test
    void a_log_that_is_there_up_to_what_the_successor_has_lost_nothing() {
        assertThat(Comparing.behindLostEnd(LOGS, new BinlogPosition("bin.000002", 500)))
                .isEmpty();
        assertThat(Comparing.behindLostEnd(LOGS, new BinlogPosition("bin.000004", 500)))
                .isEmpty();
    }
}
