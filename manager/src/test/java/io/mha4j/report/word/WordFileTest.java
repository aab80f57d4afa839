package io.mha4j.report.word;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.report.ProcessIdentity;
import io.mha4j.report.ReportException;
import io.mha4j.report.SeenStatus;
import io.mha4j.report.Status;
import io.mha4j.report.json.JsonForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WordFileTest {
    private static final ProcessIdentity SELF = ProcessIdentity.current();
    private static final Word WORD = new Word(List.of("a", "b"));

    @TempDir
    private Path folder = Path.of("");

    /** What is said. */
    record Word(List<String> words) {}

    private WordFile<Word> file() {
        return new WordFile<>(folder.resolve("app1.word"), Word.class);
    }

    private Optional<Word> seenBy(ProcessIdentity manager) {
        return file().read(new SeenStatus(manager, Status.PING_OK, Optional.of("db1"), Instant.EPOCH));
    }

    @Test
    void another_process_sees_what_was_said_last() {
        file().write(SELF, new Word(List.of()), Instant.EPOCH);
        file().write(SELF, WORD, Instant.EPOCH);
        assertThat(seenBy(SELF)).contains(WORD);
    }

    @Test
    void what_was_taken_back_is_not_said() {
        file().write(SELF, WORD, Instant.EPOCH);
        file().remove();
        file().remove();
        assertThat(folder).isEmptyDirectory();
        assertThat(seenBy(SELF)).isEmpty();
    }

    @Test
    void nobody_believes_a_manager_that_has_ended() {
        ProcessIdentity ended = new ProcessIdentity(SELF.pid(), "another boot/1");
        file().write(ended, WORD, Instant.EPOCH);
        assertThat(seenBy(ended)).isEmpty();
    }

    @Test
    void a_later_manager_is_not_taken_for_the_one_that_wrote_the_file() {
        file().write(new ProcessIdentity(SELF.pid(), "another boot/1"), WORD, Instant.EPOCH);
        assertThat(seenBy(SELF)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "\0\0\0\0", "{\"process\":SELF}", "{\"process\":SELF,\"word\":{}}"})
    void a_file_that_is_empty_half_written_or_of_another_version_tells_nothing(String text) throws IOException {
        Files.writeString(folder.resolve("app1.word"), text.replace("SELF", new JsonForm().line(SELF.toString())));
        assertThat(seenBy(SELF)).isEmpty();
    }

    @Test
    void a_directory_that_takes_no_file_is_named() {
        WordFile<Word> lost = new WordFile<>(folder.resolve("missing/app1.word"), Word.class);
        assertThatThrownBy(() -> lost.write(SELF, WORD, Instant.EPOCH))
                .isInstanceOf(ReportException.class)
                .hasMessageContaining("missing/app1.word: cannot be written");
    }
}
