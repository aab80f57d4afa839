package io.mha4j.cli.outlook;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.decision.FailoverWishes;
import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import io.mha4j.report.ProcessIdentity;
import io.mha4j.report.SeenStatus;
import io.mha4j.report.StateFiles;
import io.mha4j.report.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AskedFileTest {
    private static final ProcessIdentity SELF = ProcessIdentity.current();
    private static final Asked MUCH = new Asked(
            new FailoverWishes(Optional.of(new FailoverWishes.HostPort("db3", 3307)), false, false, false, false),
            Optional.of(Duration.ofMinutes(1440)));

    @TempDir
    private Path folder = Path.of("");

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    private AskedFile file(Path workdir) {
        EventLog log = EventLog.toStream(
                new PrintStream(told, true, StandardCharsets.UTF_8), Level.INFO, () -> Instant.EPOCH, ZoneOffset.UTC);
        return new AskedFile(new StateFiles(workdir, "app1"), SELF, () -> Instant.EPOCH, log);
    }

    private Optional<Asked> seenBy(ProcessIdentity manager) {
        SeenStatus status = new SeenStatus(manager, Status.PING_OK, Optional.of("db1"), Instant.EPOCH);
        return Asked.of(new StateFiles(folder, "app1"), status);
    }

    @Test
    void another_process_sees_what_the_manager_was_asked() {
        file(folder).write(MUCH);
        assertThat(seenBy(SELF)).contains(MUCH);
        Asked little = new Asked(FailoverWishes.DEFAULT, Optional.empty());
        file(folder).write(little);
        assertThat(seenBy(SELF)).contains(little);
    }

    @Test
    void what_a_manager_that_has_ended_was_asked_counts_no_more() throws IOException {
        file(folder).write(MUCH);
        assertThat(seenBy(new ProcessIdentity(SELF.pid(), "another boot/1"))).isEmpty();
        Path written = folder.resolve("app1.wishes");
        Files.writeString(written, Files.readString(written).replaceFirst("/\\d+\"", "/1\""));
        assertThat(seenBy(SELF)).isEmpty();
    }

    @Test
    void nothing_is_left_when_nothing_is_watched() {
        file(folder).write(MUCH);
        file(folder).remove();
        assertThat(folder).isEmptyDirectory();
        assertThat(seenBy(SELF)).isEmpty();
    }

    @Test
    void a_directory_that_takes_no_file_ends_nothing() {
        file(folder.resolve("missing")).write(MUCH);
        assertThat(told.toString(StandardCharsets.UTF_8)).contains("cannot be written");
    }

    @Test
    void a_file_that_is_damaged_tells_nothing() throws IOException {
        Files.writeString(folder.resolve("app1.wishes"), "{");
        assertThat(seenBy(SELF)).isEmpty();
    }
}
