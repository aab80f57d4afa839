package io.mha4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.base.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventLogTest {
    @TempDir
    Path dir;

    private final TestClock clock = new TestClock("2025-11-07T09:05:03Z");

    private EventLog log(Level threshold) {
        return EventLog.toFile(dir.resolve("app1.log"), threshold, clock, ZoneOffset.UTC);
    }

    private String written() throws IOException {
        return Files.readString(dir.resolve("app1.log"));
    }

    @Test
    void a_line_looks_as_in_mha() throws IOException {
        EventLog log = log(Level.INFO);
        log.info("* Phase {}: {} Phase..", 1, "Configuration Check");
        log.warning("");
        assertThat(written()).isEqualTo("""
                Fri Nov  7 09:05:03 2025 - [info] * Phase 1: Configuration Check Phase..
                Fri Nov  7 09:05:03 2025 - [warning]\s
                """);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-28T23:59:59Z, UTC, Sat Feb 28 23:59:59 2026",
        "2026-03-01T00:00:00Z, UTC, Sun Mar  1 00:00:00 2026",
        "2026-12-31T23:30:00Z, Europe/Berlin, Fri Jan  1 00:30:00 2027",
        "2026-07-06T01:02:03Z, America/New_York, Sun Jul  5 21:02:03 2026"
    })
    void the_date_is_local_and_in_the_style_of_c(String at, String zone, String expected) {
        assertThat(LogLine.date(new TestClock(at).instant(), ZoneId.of(zone))).isEqualTo(expected);
    }

    @Test
    void an_error_names_its_place_in_the_code() throws IOException {
        log(Level.INFO).error("Got ERROR: {}", "no");
        assertThat(written())
                .matches("Fri Nov  7 09:05:03 2025 - \\[error\\]\\[io/mha4j/report/EventLogTest\\.java, ln\\d+\\]"
                        + " Got ERROR: no\n");
    }

    @Test
    void further_lines_of_a_message_stay_as_they_are() throws IOException {
        log(Level.INFO).info("\n\n----- Failover Report -----\n\nMaster is down!");
        assertThat(written())
                .isEqualTo("Fri Nov  7 09:05:03 2025 - [info] \n\n----- Failover Report -----\n\nMaster is down!\n");
    }

    @Test
    void lines_below_the_level_are_left_out_but_facts_are_remembered() throws IOException {
        EventLog log = log(Level.WARNING);
        log.debug("a statement");
        log.info("a fact");
        clock.move(Duration.ofSeconds(1));
        log.warning("look");
        assertThat(written()).isEqualTo("Fri Nov  7 09:05:04 2025 - [warning] look\n");
        assertThat(log.events())
                .containsExactly(
                        new Event(new TestClock("2025-11-07T09:05:03Z").instant(), Level.INFO, "a fact"),
                        new Event(new TestClock("2025-11-07T09:05:04Z").instant(), Level.WARNING, "look"));
    }

    @ParameterizedTest
    @CsvSource({"debug, DEBUG", "INFO, INFO", "notice, WARNING", "warning, WARNING", "error, ERROR", "emergency, ERROR"
    })
    void the_level_is_read_in_the_words_of_mha(String word, Level level) {
        assertThat(Level.parse(word)).isEqualTo(level);
    }

    @Test
    void an_unknown_level_is_refused_by_name() {
        assertThatThrownBy(() -> Level.parse("loud"))
                .hasMessage("log_level=loud: unknown; use debug, info, warning or error");
    }

    @Test
    void arguments_that_do_not_fit_the_format_stay_visible() {
        assertThat(LogLine.fill("{} and {}", 1)).isEqualTo("1 and {}");
        assertThat(LogLine.fill("only", 1, 2)).isEqualTo("only 1 2");
        assertThat(LogLine.fill("{}{}", "{}", "x")).isEqualTo("{}x");
        assertThat(LogLine.fill("100% of {}", "%s")).isEqualTo("100% of %s");
    }

    @Test
    void text_without_arguments_is_not_a_format() throws IOException {
        log(Level.INFO).info("statement {} is 100%");
        assertThat(written()).endsWith("[info] statement {} is 100%\n");
    }

    @Test
    void a_secret_is_not_shown() throws IOException {
        log(Level.INFO).info("password={}", new Secret("opensesame"));
        assertThat(written()).contains("password=***").doesNotContain("opensesame");
    }

    @Test
    void a_log_renamed_by_rotation_goes_on_in_a_new_file() throws IOException {
        EventLog log = log(Level.INFO);
        log.info("before");
        Files.move(dir.resolve("app1.log"), dir.resolve("app1.log.1"));
        log.info("after");
        assertThat(Files.readString(dir.resolve("app1.log.1"))).endsWith("before\n");
        assertThat(written()).endsWith("after\n").doesNotContain("before");
    }

    @Test
    void lines_are_appended_to_what_is_there() throws IOException {
        Files.writeString(dir.resolve("app1.log"), "old\n");
        log(Level.INFO).info("new");
        assertThat(written()).startsWith("old\n").endsWith("new\n");
    }

    @Test
    void a_log_that_cannot_be_opened_is_refused_with_its_reason() throws IOException {
        Files.createDirectory(dir.resolve("app1.log"));
        assertThatThrownBy(() -> log(Level.INFO))
                .isInstanceOf(ReportException.class)
                .hasMessageStartingWith("manager_log=" + dir.resolve("app1.log") + ": cannot be written: ");
    }

    /** As on a file system that hangs: a named pipe opens when somebody reads it. */
    @Test
    void a_log_that_does_not_open_in_time_is_refused() throws Exception {
        Path file = dir.resolve("app1.log");
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                .isZero();
        assertThatThrownBy(() -> LogFile.in(Duration.ofMillis(1), file, System.err))
                .isInstanceOf(ReportException.class)
                .hasMessage("manager_log=" + file
                        + ": does not open within 1 ms; name a file on a file system that answers");
        try (InputStream letsItOpen = Files.newInputStream(file)) {
            assertThat(letsItOpen.read()).isEqualTo(-1);
        }
    }

    @Test
    void lines_that_the_file_refuses_go_to_the_fallback_and_back_when_it_works_again() throws IOException {
        ByteArrayOutputStream stderr = new ByteArrayOutputStream();
        Path file = dir.resolve("app1.log");
        LogFile log = new LogFile(file, new PrintStream(stderr, true, StandardCharsets.UTF_8));
        Files.delete(file);
        Files.createDirectory(file);
        log.append("one\n");
        log.append("two\n");
        Files.delete(file);
        log.append("three\n");
        assertThat(stderr.toString(StandardCharsets.UTF_8))
                .startsWith(file + ": cannot be written: ")
                .endsWith("; its lines follow here\none\ntwo\n");
        assertThat(written()).isEqualTo("three\n");
    }

    @Test
    void an_interrupted_thread_can_still_write() throws IOException {
        EventLog log = log(Level.INFO);
        Thread.currentThread().interrupt();
        log.info("stopping");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(written()).endsWith("stopping\n");
    }

    @Test
    void lines_of_several_threads_and_logs_do_not_mix() throws Exception {
        List<Thread> writers = new ArrayList<>();
        for (int w = 0; w < 8; w++) {
            EventLog log = log(Level.INFO);
            String text = "abcdefgh".charAt(w) + "\nsecond".repeat(200);
            writers.add(new Thread(() -> IntStream.range(0, 100).forEach(i -> log.info("{}", text))));
        }
        writers.forEach(Thread::start);
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(written().replaceAll("(?m)^Fri Nov  7 09:05:03 2025 - \\[info\\] [a-h](\nsecond){200}\n", ""))
                .isEmpty();
        assertThat(written().lines()).hasSize(8 * 100 * 201);
    }

    @Test
    void output_of_another_program_appears_as_it_is() throws IOException {
        EventLog log = log(Level.ERROR);
        log.output("Disabling the VIP\n");
        log.output("no line break");
        log.output("");
        assertThat(written()).isEqualTo("Disabling the VIP\nno line break\n");
        assertThat(log.events()).extracting(Event::message).containsExactly("Disabling the VIP", "no line break");
    }

    @Test
    void a_defect_is_shown_with_its_stack_trace() throws IOException {
        log(Level.INFO).bug("sweep", new IllegalStateException("impossible"));
        assertThat(written()).contains("sweep: java.lang.IllegalStateException: impossible\n\tat io.mha4j.report.");
    }

    @Test
    void what_is_told_about_one_host_appears_in_one_piece() throws IOException {
        EventLog log = log(Level.INFO);
        try (HostLog host = log.forHost("db2")) {
            host.log().info(" Slave started.");
            log.info("-- meanwhile");
            clock.move(Duration.ofSeconds(1));
        }
        assertThat(written()).isEqualTo("""
                Fri Nov  7 09:05:03 2025 - [info] -- meanwhile
                Fri Nov  7 09:05:04 2025 - [info]\s
                Fri Nov  7 09:05:04 2025 - [info] Log messages from db2 ...
                Fri Nov  7 09:05:04 2025 - [info]\s
                Fri Nov  7 09:05:03 2025 - [info]  Slave started.
                Fri Nov  7 09:05:04 2025 - [info] End of log messages from db2.
                """);
        assertThat(log.events()).extracting(Event::message).startsWith(" Slave started.", "-- meanwhile");
    }

    @Test
    void only_the_latest_events_are_remembered() {
        EventMemory memory = new EventMemory(2);
        List.of("a", "b", "c").forEach(m -> memory.add(new Event(clock.instant(), Level.INFO, m)));
        assertThat(memory.all()).extracting(Event::message).containsExactly("b", "c");
    }

    @Test
    void a_log_on_a_stream_has_the_same_lines() {
        ByteArrayOutputStream stderr = new ByteArrayOutputStream();
        EventLog.toStream(new PrintStream(stderr, true, StandardCharsets.UTF_8), Level.INFO, clock, ZoneOffset.UTC)
                .info("Starting master failover.");
        assertThat(stderr.toString(StandardCharsets.UTF_8))
                .isEqualTo("Fri Nov  7 09:05:03 2025 - [info] Starting master failover.\n");
    }
}
