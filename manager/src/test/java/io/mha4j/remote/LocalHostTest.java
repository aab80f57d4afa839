package io.mha4j.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalHostTest {
    private final Host host = new LocalHost();
    private final Deadline soon = Deadline.in(Duration.ofSeconds(20), System::nanoTime);

    @TempDir
    private Path dir = Path.of("");

    @Test
    void a_range_is_read_up_to_its_length_or_the_end() throws IOException {
        String file = file("0123456789");

        assertThat(read(FileRange.from(file, 4))).isEqualTo("456789");
        assertThat(read(FileRange.of(file, 4, 3))).isEqualTo("456");
        assertThat(read(FileRange.of(file, 8, 100))).isEqualTo("89");
        assertThat(read(FileRange.from(file, 10))).isEmpty();
        assertThat(read(FileRange.from(file, 99))).isEmpty();
        assertThat(read(FileRange.of(file, 3, 0))).isEmpty();
    }

    @Test
    void a_directory_is_listed_sorted_with_hidden_names() throws IOException {
        Files.createFile(dir.resolve("b c"));
        Files.createFile(dir.resolve(".a"));

        assertThat(host.listDirectory(dir.toString(), soon)).containsExactly(".a", "b c");
    }

    @Test
    void sizes_follow_links() throws IOException {
        Files.createSymbolicLink(dir.resolve("link"), Path.of(file("12345")));

        assertThat(host.fileSize(dir.resolve("link").toString(), soon)).isEqualTo(5);
    }

    @Test
    void a_missing_file_is_named() {
        String missing = dir.resolve("missing").toString();

        assertThatThrownBy(() -> host.fileSize(missing, soon))
                .isInstanceOf(CommandException.class)
                .hasMessage(missing + " on this host: no such file or directory; check the path and its permissions");
        assertThatThrownBy(() -> host.listDirectory(missing, soon)).isInstanceOf(CommandException.class);
        assertThatThrownBy(() -> read(FileRange.from(missing, 0))).isInstanceOf(CommandException.class);
    }

    @Test
    void a_directory_cannot_be_read_as_a_file() {
        assertThatThrownBy(() -> read(FileRange.from(dir.toString(), 0)))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("Is a directory");
    }

    @Test
    void a_sink_that_fails_is_told_from_a_file_that_fails() throws IOException {
        String file = file("0123456789");

        assertThatThrownBy(() -> host.readFile(
                        FileRange.from(file, 0),
                        (bytes, from, length) -> {
                            throw new IOException("disk full");
                        },
                        soon))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("could not be stored: disk full");
    }

    @Test
    void reading_stops_at_the_deadline() throws IOException {
        String file = file("0123456789");
        Deadline over = Deadline.in(Duration.ZERO, System::nanoTime);

        assertThatThrownBy(() -> host.readFile(FileRange.from(file, 0), (b, from, n) -> {}, over))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("took longer than allowed");
    }

    private String file(String text) throws IOException {
        return Files.writeString(dir.resolve("file"), text).toString();
    }

    private String read(FileRange range) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long passed = host.readFile(range, bytes::write, soon);
        assertThat(passed).isEqualTo(bytes.size());
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
