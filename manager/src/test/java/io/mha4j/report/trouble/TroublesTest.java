package io.mha4j.report.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import io.mha4j.report.ProcessIdentity;
import io.mha4j.report.SeenStatus;
import io.mha4j.report.StateFiles;
import io.mha4j.report.Status;
import io.mha4j.report.json.JsonForm;
import io.mha4j.report.trouble.Trouble.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TroublesTest {
    private static final ProcessIdentity SELF = ProcessIdentity.current();
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    private Path folder = Path.of("");

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private Instant now = START;

    private Troubles troubles(Path workdir) {
        EventLog log = EventLog.toStream(
                new PrintStream(written, true, StandardCharsets.UTF_8), Level.INFO, () -> now, ZoneOffset.UTC);
        return new Troubles(new StateFiles(workdir, "app1"), SELF, () -> now, log);
    }

    private List<Trouble> seenBy(ProcessIdentity manager) {
        SeenStatus status = new SeenStatus(manager, Status.PING_FAILING, Optional.of("db1"), now);
        return Troubles.of(new StateFiles(folder, "app1"), status);
    }

    @Test
    void another_process_sees_them_with_their_beginning_and_their_latest_reason() {
        Troubles troubles = troubles(folder);
        troubles.begin(State.VETOED, "db1", "one reason");
        now = START.plusSeconds(60);
        troubles.begin(State.VETOED, "db1", "another reason");
        assertThat(seenBy(SELF)).containsExactly(new Trouble(State.VETOED, "db1", "another reason", START));
    }

    @Test
    void those_of_a_manager_of_the_build_before_are_seen() throws IOException {
        Trouble trouble = new Trouble(State.VETOED, "db1", "why", START);
        StateFiles files = new StateFiles(folder, "app1");
        Files.writeString(files.troubles(), new JsonForm().line(new Before(SELF.toString(), List.of(trouble))) + "\n");
        assertThat(seenBy(SELF)).containsExactly(trouble);
    }

    /** As they were written down then. */
    private record Before(String process, List<Trouble> troubles) {}

    @Test
    void what_is_over_is_gone_and_so_is_the_file() {
        Troubles troubles = troubles(folder);
        troubles.begin(State.VETOED, "db1", "why");
        troubles.begin(State.REFUSED, "db1", "why");
        troubles.end(State.VETOED, "db1");
        assertThat(seenBy(SELF)).extracting(Trouble::state).containsExactly(State.REFUSED);
        troubles.end(EnumSet.of(State.REFUSED));
        assertThat(seenBy(SELF)).isEmpty();
        assertThat(folder.resolve("app1.troubles")).doesNotExist();
    }

    @Test
    void a_directory_that_takes_no_file_ends_nothing_and_is_told_once() {
        Troubles troubles = troubles(folder.resolve("missing"));
        troubles.begin(State.VETOED, "db1", "why");
        troubles.begin(State.VETOED, "db1", "another why");
        assertThat(written.toString(StandardCharsets.UTF_8)).containsOnlyOnce("cannot be written");
        assertThat(troubles.present()).hasSize(1);
    }
}
