package io.mha4j.cli.outlook;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import io.mha4j.report.StateFiles;
import io.mha4j.report.trouble.Trouble;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VigilTest {
    @TempDir
    private Path folder = Path.of("");

    private final List<String> told = new ArrayList<>();

    private void look(Vigil vigil) {
        vigil.alarms().look(vigil.troubles().present(), (event, troubles) -> told.add(event));
    }

    @Test
    void of_a_source_that_died_nobody_is_told_that_its_troubles_are_over() {
        EventLog log = EventLog.toStream(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                Level.ERROR,
                () -> Instant.EPOCH,
                ZoneOffset.UTC);
        Vigil vigil = new Vigil(new StateFiles(folder, "app1"), log);
        vigil.troubles().begin(Trouble.State.VETOED, "db1", "why");
        look(vigil);
        vigil.end();
        look(vigil);
        vigil.troubles().begin(Trouble.State.VETOED, "db2", "why");
        look(vigil);
        assertThat(told).containsExactly("a failover is vetoed", "a failover is vetoed");
    }

    @Test
    void what_cannot_be_taken_back_ends_nothing() throws IOException {
        StateFiles files = new StateFiles(folder, "app1");
        Files.createDirectories(files.wishes().resolve("in the way"));
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        EventLog log = EventLog.toStream(
                new PrintStream(written, true, StandardCharsets.UTF_8),
                Level.INFO,
                () -> Instant.EPOCH,
                ZoneOffset.UTC);

        new Vigil(files, log).end();

        assertThat(written.toString(StandardCharsets.UTF_8)).contains("app1.wishes: cannot be written");
    }
}
