package io.mha4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusFileTest {
    private static final Duration PING_LIMIT = Duration.ofSeconds(10);

    @TempDir
    Path dir;

    private final TestClock clock = new TestClock("2026-11-07T09:05:03Z");
    private final ProcessIdentity self = ProcessIdentity.current();
    private final List<String> doubts = new ArrayList<>();
    private StateFiles files = new StateFiles(Path.of("."), "app1");
    private StatusFile status = new StatusFile(files, self, clock);

    @BeforeEach
    void openInTemporaryDirectory() {
        files = new StateFiles(dir, "app1");
        status = new StatusFile(files, self, clock);
    }

    private byte[] bytes() throws IOException {
        return Files.readAllBytes(dir.resolve("app1.master_status.health"));
    }

    private SeenStatus seen() {
        return read().orElseThrow();
    }

    private Optional<SeenStatus> read() {
        return SeenStatus.read(files, doubts::add);
    }

    @Test
    void what_cannot_be_shown_is_told_and_stops_nobody() throws IOException {
        Files.createDirectories(dir.resolve("app1.master_status.health/x"));
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        EventLog log = EventLog.toStream(
                new PrintStream(told, true, StandardCharsets.UTF_8), Level.INFO, clock, ZoneOffset.UTC);
        status.show(Status.FAILOVER_ERROR, Optional.of("db1"), log);
        assertThat(told.toString(StandardCharsets.UTF_8)).contains("[error]").contains("app1.master_status.health");
    }

    @Test
    void the_file_holds_exactly_what_mha_writes() throws IOException {
        status.write(Status.INITIALIZING_MONITOR, Optional.empty());
        assertThat(bytes()).isEqualTo((self.pid() + "\t10:INITIALIZING_MONITOR").getBytes(StandardCharsets.US_ASCII));
        status.pingOk("db1");
        assertThat(bytes()).isEqualTo((self.pid() + "\t0:PING_OK\tmaster:db1").getBytes(StandardCharsets.US_ASCII));
        assertThat(dir).isDirectoryNotContaining(file -> !file.equals(files.status()));
    }

    @Test
    void an_interrupted_thread_can_write_it_and_stays_interrupted() {
        Thread.currentThread().interrupt();
        status.write(Status.INITIALIZING_MONITOR, Optional.empty());
        status.pingOk("db1");
        status.pingOk("db1");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(seen().written()).isEqualTo(Status.PING_OK);

        Thread.currentThread().interrupt();
        status.remove();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(files.status()).doesNotExist();
    }

    @Test
    void every_status_is_read_back() {
        for (Status each : Status.values()) {
            status.write(each, Optional.of("db1.example"));
            assertThat(seen().written()).isEqualTo(each);
            assertThat(seen().source()).contains("db1.example");
            assertThat(seen().pid()).isEqualTo(self.pid());
        }
    }

    @Test
    void a_good_ping_only_moves_the_time_of_the_file() throws IOException {
        status.pingOk("db1");
        Object inode = Files.getAttribute(files.status(), "unix:ino");
        clock.move(Duration.ofSeconds(3));
        status.pingOk("db1");
        assertThat(Files.getAttribute(files.status(), "unix:ino")).isEqualTo(inode);
        assertThat(seen().modifiedAt()).isEqualTo(Instant.parse("2026-11-07T09:05:06Z"));
    }

    @Test
    void a_good_ping_after_a_failure_or_a_removal_writes_the_file_again() throws IOException {
        status.pingOk("db1");
        status.write(Status.PING_FAILING, Optional.of("db1"));
        status.pingOk("db1");
        assertThat(seen().written()).isEqualTo(Status.PING_OK);
        Files.delete(files.status());
        status.pingOk("db1");
        assertThat(seen().written()).isEqualTo(Status.PING_OK);
        Files.writeString(files.status(), "1\t10:INITIALIZING_MONITOR");
        status.pingOk("db1");
        assertThat(seen().pid()).isEqualTo(self.pid());
    }

    @Test
    void a_ping_older_than_the_limit_is_judged_old() {
        status.pingOk("db1");
        Instant at = clock.instant();
        assertThat(seen().judged(at.plusSeconds(10), PING_LIMIT)).isEqualTo(Status.PING_OK);
        assertThat(seen().judged(at.plusSeconds(11), PING_LIMIT)).isEqualTo(Status.TIMESTAMP_OLD);
        status.write(Status.FAILOVER_RUNNING, Optional.of("db1"));
        assertThat(seen().judged(at.plusSeconds(1000), PING_LIMIT)).isEqualTo(Status.FAILOVER_RUNNING);
    }

    @Test
    void no_file_is_no_status() {
        assertThat(read()).isEmpty();
        assertThat(doubts).isEmpty();
    }

    @Test
    void a_manager_that_ended_without_cleaning_up_is_not_running() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Files.writeString(files.status(), ended.pid() + "\t0:PING_OK\tmaster:db1");
        assertThat(seen().judged(Instant.now(), PING_LIMIT)).isEqualTo(Status.NOT_RUNNING);
    }

    @Test
    void another_process_with_the_pid_of_the_manager_is_not_the_manager() throws IOException {
        status.pingOk("db1");
        new HolderFile(files, clock).write(new ProcessIdentity(self.pid(), "another-boot/1"));
        assertThat(seen().process().isCertain()).isTrue();
        assertThat(seen().judged(clock.instant(), PING_LIMIT)).isEqualTo(Status.NOT_RUNNING);
        new HolderFile(files, clock).write(self);
        assertThat(seen().judged(clock.instant(), PING_LIMIT)).isEqualTo(Status.PING_OK);
        assertThat(seen().process()).isEqualTo(self);
    }

    @Test
    void a_file_of_mha_itself_is_understood_though_its_writer_is_not_certain() throws IOException {
        new HolderFile(files, clock).write(new ProcessIdentity(1, "boot/1"));
        Files.writeString(files.status(), self.pid() + "\t20:PING_FAILING\tmaster:db1");
        assertThat(seen().process()).isEqualTo(new ProcessIdentity(self.pid(), ""));
        assertThat(seen().process().isCertain()).isFalse();
        assertThat(seen().judged(clock.instant(), PING_LIMIT)).isEqualTo(Status.PING_FAILING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "12",
                "12\t99:UNHEARD",
                "12 0:PING_OK",
                "12\t0:PING_OK\tmaster:a\tb",
                "1\t0:PIN",
                "1\t50:FAILOVER_",
                "\0\0\0\0"
            })
    void what_is_no_status_or_half_of_one_is_said_so_and_nobody_is_running(String text) throws IOException {
        Files.writeString(files.status(), text);
        assertThat(read()).isEmpty();
        assertThat(doubts).containsExactly(files.status() + ": holds no status; remove it if no manager is running");
    }

    @Test
    void bytes_that_are_no_text_are_no_status() throws IOException {
        Files.write(files.status(), new byte[] {'1', '\t', (byte) 0xc3});
        assertThat(read()).isEmpty();
        assertThat(doubts).hasSize(1);
    }

    @Test
    void only_the_own_file_is_removed() throws IOException {
        status.write(Status.PING_FAILED, Optional.empty());
        status.remove();
        assertThat(files.status()).doesNotExist();
        status.remove();
        Files.writeString(files.status(), "1\t0:PING_OK");
        status.remove();
        assertThat(files.status()).exists();
    }

    @Test
    void every_user_may_read_the_file() throws IOException {
        status.pingOk("db1");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.status())))
                .isEqualTo("rw-r--r--");
    }

    @Test
    void a_link_in_the_place_of_the_file_is_not_followed() throws IOException {
        Path target = Files.writeString(dir.resolve("passwd"), "precious");
        Files.createSymbolicLink(files.status(), target);
        Files.createSymbolicLink(dir.resolve(".app1.master_status.health.tmp"), target);
        status.pingOk("db1");
        assertThat(Files.readString(target)).isEqualTo("precious");
        assertThat(Files.isSymbolicLink(files.status())).isFalse();
    }

    @Test
    void a_reader_never_sees_half_a_file() throws Exception {
        status.pingOk("db1");
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger written = new AtomicInteger();
        Thread writer = new Thread(() -> {
            while (!enough.get()) {
                status.write(Status.PING_FAILING, Optional.of("a-much-longer-name.example"));
                status.pingOk("db1");
                written.incrementAndGet();
            }
        });
        writer.start();
        try {
            for (int read = 0; read < 500 || written.get() < 200; read++) {
                assertThat(seen().source()).isPresent();
                assertThat(writer.isAlive()).isTrue();
            }
        } finally {
            enough.set(true);
            writer.join();
        }
    }

    @Test
    void a_directory_that_is_gone_is_named() {
        StatusFile lost = new StatusFile(new StateFiles(dir.resolve("gone"), "app1"), self, clock);
        assertThatThrownBy(() -> lost.pingOk("db1"))
                .isInstanceOf(ReportException.class)
                .hasMessageContaining("gone/app1.master_status.health: cannot be written: no such file or directory");
    }

    @Test
    void a_work_directory_is_made_as_any_other_of_this_account() throws IOException {
        new StateFiles(dir.resolve("var/mha"), "app1").createWorkdir();
        assertThat(Files.getPosixFilePermissions(dir.resolve("var/mha")))
                .isEqualTo(Files.getPosixFilePermissions(Files.createDirectory(dir.resolve("other"))));
        new StateFiles(dir.resolve("var/mha"), "app1").createWorkdir();
        Files.createFile(dir.resolve("file"));
        assertThatThrownBy(() -> new StateFiles(dir.resolve("file"), "app1").createWorkdir())
                .hasMessageStartingWith("manager_workdir=" + dir.resolve("file") + ": cannot be created: ");
    }
}
