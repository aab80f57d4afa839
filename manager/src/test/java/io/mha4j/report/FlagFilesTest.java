package io.mha4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlagFilesTest {
    private static final Duration EIGHT_HOURS = Duration.ofHours(8);

    @TempDir
    Path dir;

    private final TestClock clock = new TestClock("2026-11-07T09:05:03Z");
    private FlagFiles flags = new FlagFiles(new StateFiles(Path.of("."), "app1"), clock);

    @BeforeEach
    void openInTemporaryDirectory() {
        flags = new FlagFiles(new StateFiles(dir, "app1"), clock);
    }

    @Test
    void at_first_nothing_forbids_a_failover() {
        assertThat(flags.hasError()).isFalse();
        assertThat(flags.lastComplete()).isEmpty();
        assertThat(flags.tooSoonAfter(EIGHT_HOURS)).isEmpty();
    }

    @Test
    void a_failover_is_too_soon_within_eight_hours_of_the_last() {
        flags.recordComplete();
        assertThat(flags.tooSoonAfter(EIGHT_HOURS)).contains(Duration.ZERO);
        clock.move(EIGHT_HOURS.minusSeconds(1));
        assertThat(flags.tooSoonAfter(EIGHT_HOURS)).contains(EIGHT_HOURS.minusSeconds(1));
        clock.move(Duration.ofSeconds(1));
        assertThat(flags.tooSoonAfter(EIGHT_HOURS)).isEmpty();
        assertThat(flags.lastComplete()).contains(Instant.parse("2026-11-07T09:05:03Z"));
    }

    @Test
    void a_last_failover_in_the_future_counts_as_just_now() {
        flags.recordComplete();
        clock.move(Duration.ofHours(-10));
        assertThat(flags.tooSoonAfter(EIGHT_HOURS)).contains(Duration.ZERO);
    }

    @Test
    void the_files_are_empty_private_and_named_as_in_mha() throws IOException {
        flags.recordComplete();
        flags.recordError();
        for (String name : new String[] {"app1.failover.complete", "app1.failover.error"}) {
            assertThat(dir.resolve(name)).isEmptyFile();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve(name))))
                    .isEqualTo("rw-------");
        }
        assertThat(flags.hasError()).isTrue();
    }

    @Test
    void a_file_touched_by_an_operator_counts() throws IOException {
        Files.createFile(dir.resolve("app1.failover.complete"));
        Files.setLastModifiedTime(
                dir.resolve("app1.failover.complete"), FileTime.from(Instant.parse("2026-11-07T08:05:03Z")));
        assertThat(flags.tooSoonAfter(EIGHT_HOURS)).contains(Duration.ofHours(1));
        flags.recordComplete();
        assertThat(flags.tooSoonAfter(EIGHT_HOURS)).contains(Duration.ZERO);
    }

    @Test
    void earlier_failovers_are_forgotten_on_request() {
        flags.recordComplete();
        flags.recordError();
        flags.forgetComplete();
        assertThat(flags.lastComplete()).isEmpty();
        assertThat(flags.hasError()).isTrue();
        flags.recordComplete();
        flags.forget();
        assertThat(flags.lastComplete()).isEmpty();
        assertThat(flags.hasError()).isFalse();
        flags.forget();
    }

    @Test
    void a_link_in_the_place_of_a_flag_is_not_followed() throws IOException {
        Path target = Files.createFile(dir.resolve("precious"));
        Files.setLastModifiedTime(target, FileTime.from(Instant.EPOCH));
        Files.createSymbolicLink(dir.resolve("app1.failover.complete"), target);
        assertThatThrownBy(flags::recordComplete)
                .isInstanceOf(ReportException.class)
                .hasMessageContaining("app1.failover.complete: cannot be written: a file of that name is in the way");
        assertThat(Files.getLastModifiedTime(target).toInstant()).isEqualTo(Instant.EPOCH);
    }
}
