package io.mha4j.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.ServerId;
import io.mha4j.report.EventLog;
import io.mha4j.report.GuardFile;
import io.mha4j.report.Level;
import io.mha4j.report.ProcessIdentity;
import io.mha4j.report.ReportException;
import io.mha4j.report.StateFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GuardTest {
    private static final ServerId OLD = new ServerId(0, "server1", "db1", "10.0.0.1", 3306);
    private static final Guard.Shift SHIFT = new Guard.Shift(OLD, Duration.ofSeconds(3), Duration.ofSeconds(600));

    @TempDir
    private Path workdir;

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final List<Duration> looks = new ArrayList<>();
    private long now;

    private Instant clock() {
        return Instant.parse("2026-01-02T03:04:05Z").plusNanos(now);
    }

    private GuardFile file(ProcessIdentity process) {
        return new GuardFile(new StateFiles(workdir, "app1"), process, this::clock);
    }

    private String stand(Guard.Look look) {
        EventLog log = EventLog.toStream(
                new PrintStream(told, true, StandardCharsets.UTF_8), Level.INFO, this::clock, ZoneOffset.UTC);
        Guard.Time time = new Guard.Time(() -> now, wait -> now += wait.toNanos(), this::clock);
        new Guard(file(ProcessIdentity.current()), log, time).stand(SHIFT, () -> {
            looks.add(Duration.ofNanos(now));
            return look.isClosed();
        });
        return told.toString(StandardCharsets.UTF_8);
    }

    private void takes(Duration time) {
        now += time.toNanos();
    }

    /** A directory where the file would be. */
    private Path blockFile() {
        try {
            return Files.createDirectories(workdir.resolve("app1.guard/x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void clear(Path... paths) {
        try {
            for (Path path : paths) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isNamed() {
        return file(ProcessIdentity.current()).isOwn();
    }

    @Test
    void it_looks_once_per_interval_until_the_old_master_takes_no_writes() {
        String log = stand(() -> {
            assertThat(isNamed()).isTrue();
            takes(Duration.ofSeconds(1));
            return looks.size() == 3;
        });
        assertThat(looks).containsExactly(Duration.ZERO, Duration.ofSeconds(3), Duration.ofSeconds(6));
        assertThat(log).contains("The guard over db1(10.0.0.1:3306) ends: it takes no writes");
        assertThat(isNamed()).isFalse();
    }

    @Test
    void a_look_that_takes_long_is_followed_by_the_next_at_once() {
        stand(() -> {
            takes(Duration.ofSeconds(4));
            return looks.size() == 2;
        });
        assertThat(looks).containsExactly(Duration.ZERO, Duration.ofSeconds(4));
    }

    @Test
    void it_ends_when_its_time_is_over_with_a_last_look() {
        String log = stand(() -> false);
        assertThat(looks).hasSize(201).endsWith(Duration.ofSeconds(600));
        assertThat(log).contains("ends: guard_time=600 is over");
        assertThat(isNamed()).isFalse();
    }

    @Test
    void it_gives_way_to_a_later_guard_and_leaves_its_name() {
        GuardFile later = file(new ProcessIdentity(1, "another"));
        String log = stand(() -> {
            later.begin(OLD, clock());
            return false;
        });
        assertThat(looks).hasSize(1);
        assertThat(log).contains("ends: another process is the guard now");
        assertThat(later.isOwn()).isTrue();
    }

    @Test
    void a_file_that_is_gone_is_written_again_and_it_goes_on() {
        String log = stand(() -> {
            assertThat(isNamed()).isTrue();
            assertThat(workdir.resolve("app1.guard").toFile().delete()).isTrue();
            return looks.size() == 2;
        });
        assertThat(looks).hasSize(2);
        assertThat(log)
                .contains("Somebody took away the file that names the guard; it is written again")
                .contains("ends: it takes no writes");
    }

    @Test
    void a_full_disk_ends_no_guard_and_the_file_is_written_when_there_is_room_again() {
        Path inTheWay = blockFile();
        String log = stand(() -> {
            if (looks.size() == 2) {
                clear(inTheWay, workdir.resolve("app1.guard"));
            }
            if (looks.size() == 3) {
                assertThat(isNamed()).isTrue();
            }
            return looks.size() == 3;
        });
        assertThat(looks).hasSize(3);
        assertThat(log)
                .contains("the guard needs no file")
                .contains("The file that names the guard is written now")
                .contains("ends: it takes no writes")
                .doesNotContain("Nobody guards")
                .doesNotContain("took away");
    }

    @Test
    void a_file_that_cannot_be_written_again_ends_no_guard() {
        String log = stand(() -> {
            if (looks.size() == 1) {
                clear(workdir.resolve("app1.guard"));
                blockFile();
            }
            return looks.size() == 3;
        });
        assertThat(looks).hasSize(3);
        assertThat(log).contains("ends: it takes no writes").doesNotContain("Nobody guards");
    }

    @Test
    void a_look_that_finds_that_it_may_not_act_any_more_ends_it_without_an_error() {
        String log = stand(() -> {
            throw new GaveWay("another process is the guard now");
        });
        assertThat(log).contains("ends: another process is the guard now").doesNotContain("Nobody guards");
    }

    @Test
    void a_bug_costs_one_look_and_is_told() {
        EventLog bugs = EventLog.toStream(
                new PrintStream(told, true, StandardCharsets.UTF_8), Level.INFO, this::clock, ZoneOffset.UTC);
        String log = stand(() -> Guard.aside(
                () -> {
                    if (looks.size() == 1) {
                        throw new IllegalStateException("no such column");
                    }
                    return true;
                },
                bugs));
        assertThat(looks).hasSize(2);
        assertThat(log)
                .contains("[error]")
                .contains("A look of the guard: java.lang.IllegalStateException: no such column")
                .contains("ends: it takes no writes");
    }

    @Test
    void told_to_end_it_ends_and_keeps_the_interrupt() {
        EventLog log = EventLog.toStream(
                new PrintStream(told, true, StandardCharsets.UTF_8), Level.INFO, this::clock, ZoneOffset.UTC);
        Guard.Time time = new Guard.Time(
                () -> now,
                wait -> {
                    throw new InterruptedException();
                },
                this::clock);
        new Guard(file(ProcessIdentity.current()), log, time).stand(SHIFT, () -> false);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(told.toString(StandardCharsets.UTF_8)).contains("ends: this program was told to end");
        assertThat(isNamed()).isFalse();
    }

    @Test
    void what_goes_wrong_is_told_and_thrown_to_nobody() {
        String log = stand(() -> {
            throw new ReportException("the disk is full");
        });
        assertThat(log).contains("Nobody guards db1(10.0.0.1:3306): the disk is full");
        assertThat(isNamed()).isFalse();
    }
}
