package io.mha4j.cli.outlook;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.decision.FailoverWishes;
import io.mha4j.report.ProcessIdentity;
import io.mha4j.report.SeenStatus;
import io.mha4j.report.StateFiles;
import io.mha4j.report.Status;
import io.mha4j.report.json.JsonForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AskedTest {
    private static final ProcessIdentity SELF = ProcessIdentity.current();

    @Test
    void another_process_sees_all_that_a_manager_was_asked(@TempDir Path folder) {
        StateFiles files = new StateFiles(folder, "app1");
        SeenStatus manager = new SeenStatus(SELF, Status.PING_OK, Optional.of("db1"), Instant.EPOCH);
        Asked much = new Asked(
                new FailoverWishes(Optional.of(new FailoverWishes.HostPort("db3", 3307)), false, false, false, false),
                Optional.of(Duration.ofMinutes(1440)));
        for (Asked asked : new Asked[] {Asked.DEFAULT, much, new Asked(FailoverWishes.DEFAULT, Optional.empty())}) {
            Asked.in(files).write(SELF, asked, Instant.EPOCH);
            assertThat(Asked.of(files, manager)).contains(asked);
        }
    }

    @Test
    void what_a_manager_of_the_build_before_was_asked_is_seen(@TempDir Path folder) throws IOException {
        StateFiles files = new StateFiles(folder, "app1");
        Files.writeString(files.wishes(), new JsonForm().line(new Before(SELF.toString(), Asked.DEFAULT)) + "\n");
        assertThat(Asked.of(files, new SeenStatus(SELF, Status.PING_OK, Optional.of("db1"), Instant.EPOCH)))
                .contains(Asked.DEFAULT);
    }

    /** As it was written down then. */
    private record Before(String process, Asked asked) {}
}
