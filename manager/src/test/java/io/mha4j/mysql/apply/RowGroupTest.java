package io.mha4j.mysql.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.binlog.Event;
import io.mha4j.binlog.FormatDescription;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RowGroupTest {
    private static final int END = 1;
    private static final FormatDescription FORMAT = TestEvents.format("8.0.15", true);

    private final RowGroup group = new RowGroup(1000, 1 << 20);

    private static List<byte[]> events(Statement statement) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        statement.bytes().writeTo(out);
        String text = out.toString(StandardCharsets.ISO_8859_1);
        assertThat(text).startsWith("BINLOG '").endsWith("\n'");
        List<byte[]> events = new ArrayList<>();
        for (String line : text.substring(8, text.length() - 2).split("\n", -1)) {
            events.add(Base64.getDecoder().decode(line));
        }
        return events;
    }

    @Test
    void a_group_is_sent_when_its_statement_ends() throws IOException {
        Event map = TestEvents.tableMap("test", "t1", FORMAT);
        Event first = TestEvents.rows(0, 10, FORMAT);
        Event last = TestEvents.rows(END, 10, FORMAT);
        assertThat(group.add(map)).isEmpty();
        assertThat(group.add(first)).isEmpty();
        Statement sent = group.add(last).orElseThrow();
        assertThat(events(sent)).containsExactly(map.head(), first.head(), last.head());
        assertThat(sent.shown()).isEqualTo("BINLOG of 3 events, test.t1");
        assertThat(group.isEmpty()).isTrue();
    }

    @Test
    void a_large_group_goes_in_parts_that_each_have_the_map_and_an_end() throws IOException {
        Event map = TestEvents.tableMap("test", "t1", FORMAT);
        Event large = TestEvents.rows(0, 1200, FORMAT);
        Event last = TestEvents.rows(END, 10, FORMAT);
        group.add(map);
        List<byte[]> part = events(group.add(large).orElseThrow());
        assertThat(group.isEmpty()).isFalse();
        List<byte[]> rest = events(group.add(last).orElseThrow());
        assertThat(part).hasSize(2);
        assertThat(part.get(0)).isEqualTo(map.head());
        // The same event with the flag that ends a statement, and a checksum that fits it.
        assertThat(part.get(1)).isEqualTo(TestEvents.rows(END, 1200, FORMAT).head());
        assertThat(rest).containsExactly(map.head(), last.head());
    }

    @Test
    void events_longer_than_a_piece_are_encoded_without_a_gap() throws IOException {
        Event last = TestEvents.rows(END, 200_001, FORMAT);
        assertThat(events(group.add(last).orElseThrow())).containsExactly(last.head());
    }

    @Test
    void an_event_that_the_server_cannot_receive_is_refused_by_name() {
        RowGroup small = new RowGroup(1000, 5000);
        small.add(TestEvents.tableMap("test", "t1", FORMAT));
        assertThatThrownBy(() -> small.add(TestEvents.rows(END, 5000, FORMAT)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("test.t1")
                .hasMessageContaining("more than the 5000");
    }
}
