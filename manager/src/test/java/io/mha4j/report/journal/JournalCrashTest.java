package io.mha4j.report.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.report.StateFiles;
import io.mha4j.report.json.JsonForm;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JournalCrashTest {
    @TempDir
    Path dir;

    private JournalContent left() {
        return new Journals(new StateFiles(dir, "app1"), new JsonForm(), InstantSource.system())
                .unfinished()
                .orElseThrow();
    }

    @Test
    void what_a_killed_process_was_told_is_recorded_is_there() throws Exception {
        Process writer = JournalProcess.start("endless", dir, "");
        try (BufferedReader out = writer.inputReader(StandardCharsets.UTF_8)) {
            String last = "";
            for (int i = 0; i < 200; i++) {
                last = String.valueOf(out.readLine());
            }
            writer.destroyForcibly().waitFor();
            assertThat(left().steps().size()).isGreaterThanOrEqualTo(Integer.parseInt(last));
        }
    }

    @Test
    void a_line_that_no_longer_fits_on_the_disk_leaves_the_journal_whole_and_usable() throws Exception {
        Process writer = JournalProcess.start("full", dir, "ulimit -f 8; ");
        List<String> said;
        try (BufferedReader out = writer.inputReader(StandardCharsets.UTF_8)) {
            said = out.lines().toList();
        }
        assertThat(writer.waitFor()).as("%s", said).isZero();
        int failure = said.size() - 2;
        assertThat(said.get(failure))
                .contains("app1.journal: cannot be written: ")
                .endsWith("free space");
        assertThat(left().torn()).isFalse();
        assertThat(left().steps()).hasSize(failure + 1);
        assertThat(left().steps().get(failure).step().asText()).isEqualTo("short");
    }
}
