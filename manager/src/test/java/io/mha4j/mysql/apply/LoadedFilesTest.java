package io.mha4j.mysql.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.binlog.Event;
import io.mha4j.binlog.EventType;
import io.mha4j.binlog.FormatDescription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The blocks of LOAD DATA become the file that its statement reads, or an error. */
final class LoadedFilesTest {
    private static final FormatDescription FORMAT = TestEvents.format("8.0.15", true);

    @Test
    void the_blocks_of_a_file_are_joined() throws IOException {
        try (LoadedFiles files = new LoadedFiles()) {
            files.begin(block(EventType.BEGIN_LOAD_QUERY, "one,"));
            files.append(block(EventType.APPEND_BLOCK, "two"));
            assertThat(loaded(files)).isEqualTo("one,two");
        }
    }

    @Test
    void a_file_that_its_source_gave_up_is_not_the_beginning_of_the_next() throws IOException {
        try (LoadedFiles files = new LoadedFiles()) {
            files.begin(block(EventType.BEGIN_LOAD_QUERY, "given up,"));
            files.begin(block(EventType.BEGIN_LOAD_QUERY, "one"));
            assertThat(loaded(files)).isEqualTo("one");
        }
    }

    @Test
    void a_file_that_begins_before_the_events_is_an_error() {
        try (LoadedFiles files = new LoadedFiles()) {
            assertThatThrownBy(() -> files.append(block(EventType.APPEND_BLOCK, "two")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("(number 7) begins before the events that are applied");
            assertThatThrownBy(() -> loaded(files)).hasMessageContaining("(number 7) begins before");
        }
    }

    private static String loaded(LoadedFiles files) throws IOException {
        byte[] text = "LOAD DATA INFILE 'f' INTO TABLE t".getBytes(StandardCharsets.US_ASCII);
        QueryText query = new QueryText(0, 0, StatusVariables.parse(new byte[0]), new byte[0], text);
        String head = "00".repeat(13) + "07000000" + "09000000" + "1a000000" + "00";
        Statement statement = files.statement(TestEvents.event(EventType.EXECUTE_LOAD_QUERY, head, FORMAT), query);
        return new String(statement.file().orElseThrow().readAllBytes(), StandardCharsets.US_ASCII);
    }

    private static Event block(int type, String text) {
        return TestEvents.event(type, "07000000" + TestEvents.ascii(text), FORMAT);
    }
}
