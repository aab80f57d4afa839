package io.mha4j.report.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.base.Secret;
import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.decision.Step;
import io.mha4j.decision.StepResult;
import io.mha4j.report.GuardFile;
import io.mha4j.report.ProcessIdentity;
import io.mha4j.report.ReportException;
import io.mha4j.report.StateFiles;
import io.mha4j.report.TestClock;
import io.mha4j.report.journal.JournalContent.End;
import io.mha4j.report.json.JsonForm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {
    private static final ServerId DB2 = new ServerId(1, "server2", "db2", "192.0.2.2", 3306);

    @TempDir
    Path dir;

    private final TestClock clock = new TestClock("2026-11-07T09:05:03Z");
    private final JsonForm json = new JsonForm();
    private StateFiles files = new StateFiles(Path.of("."), "app1");
    private Journals journals = new Journals(files, json, clock);

    /** What a resume would need, with something in it that must not be kept. */
    record Facts(ServerId source, Secret password) {}

    @BeforeEach
    void openInTemporaryDirectory() {
        files = new StateFiles(dir, "app1");
        journals = new Journals(files, json, clock);
    }

    private Journal open() {
        return journals.open("20261107090503", "failover", new Facts(DB2, new Secret("opensesame")));
    }

    private String text() throws IOException {
        return Files.readString(files.journal());
    }

    private JournalContent unfinished() {
        return journals.unfinished().orElseThrow();
    }

    @Test
    void each_line_is_json_and_on_disk_before_the_call_returns() throws IOException {
        Journal journal = open();
        String me = json.line(ProcessIdentity.current());
        String opened = "{\"kind\":\"Opened\",\"version\":2,\"run\":\"20261107090503\",\"app\":\"app1\","
                + "\"operation\":\"failover\",\"at\":\"2026-11-07T09:05:03Z\",\"by\":" + me
                + ",\"facts\":{\"source\":" + json.line(DB2) + ",\"password\":\"***\"}}\n";
        assertThat(text()).isEqualTo(opened);
        int step = journal.started(new Step.StopReceiver(DB2));
        String started = "{\"kind\":\"StepStarted\",\"number\":1,\"at\":\"2026-11-07T09:05:03Z\","
                + "\"step\":{\"kind\":\"StopReceiver\",\"server\":" + json.line(DB2) + "}}\n";
        assertThat(text()).isEqualTo(opened + started);
        clock.move(Duration.ofMillis(250));
        journal.finished(step, new StepResult.Plain());
        assertThat(text())
                .isEqualTo(opened + started
                        + "{\"kind\":\"StepFinished\",\"number\":1,\"at\":\"2026-11-07T09:05:03.250Z\","
                        + "\"result\":{\"kind\":\"Plain\"}}\n");
    }

    @Test
    void what_an_unfinished_run_did_is_read_back() {
        Journal journal = open();
        Step repoint = new Step.Repoint(DB2, DB2, "db2", new Step.Start.ByGtid(), Optional.empty());
        StepResult coordinates = new StepResult.Coordinates(new BinlogPosition("bin.000002", 120), Optional.empty());
        journal.finished(journal.started(new Step.ReadCoordinates(DB2)), coordinates);
        journal.failed(journal.started(repoint), "db2: START SLAVE: access denied");
        journal.started(new Step.MakeWritable(DB2));
        journal.close();

        JournalContent content = unfinished();
        assertThat(content.opened().run()).isEqualTo("20261107090503");
        assertThat(content.opened().operation()).isEqualTo("failover");
        assertThat(content.opened().by()).isEqualTo(ProcessIdentity.current());
        assertThat(content.torn()).isFalse();
        assertThat(content.steps())
                .extracting(s -> json.read(s.step(), Step.class))
                .containsExactly(new Step.ReadCoordinates(DB2), repoint, new Step.MakeWritable(DB2));
        assertThat(content.steps().get(0).end())
                .isInstanceOfSatisfying(End.Finished.class, f -> assertThat(json.read(f.result(), StepResult.class))
                        .isEqualTo(coordinates));
        assertThat(content.steps().get(1).end())
                .isEqualTo(new End.Failed(clock.instant(), "db2: START SLAVE: access denied"));
        assertThat(content.steps().get(2).end()).isEqualTo(new End.Unknown());
    }

    @Test
    void a_journal_cut_at_any_byte_says_what_its_whole_lines_say_and_can_be_resumed() throws IOException {
        Journal journal = open();
        journal.finished(journal.started("first – Ünïcode"), Map.of("a", 1));
        journal.failed(journal.started(List.of("second", "line\nbreak")), "no");
        journal.started("third");
        journal.close();
        byte[] whole = Files.readAllBytes(files.journal());
        for (int cut = 0; cut <= whole.length; cut++) {
            checkCut(whole, cut);
        }
    }

    /** Reads at every byte; goes on writing around each line's end and at every eleventh byte, for flushing takes time. */
    private void checkCut(byte[] whole, int cut) throws IOException {
        String text = new String(whole, 0, cut, StandardCharsets.ISO_8859_1);
        String wholeLines = text.substring(0, text.lastIndexOf('\n') + 1);
        boolean goesOn = cut % 11 == 0 || Math.abs(cut - wholeLines.length()) <= 1 || cut == whole.length - 1;
        Files.write(files.journal(), Arrays.copyOf(whole, cut));
        if (wholeLines.isEmpty()) {
            assertThat(journals.unfinished()).isEmpty();
            if (goesOn) {
                open().end("nothing had begun");
            }
            return;
        }
        JournalContent content = unfinished();
        assertThat(content.torn()).as("cut at %d", cut).isEqualTo(wholeLines.length() < cut);
        assertThat(content.steps()).hasSize(wholeLines.split("StepStarted", -1).length - 1);
        assertThat(content.steps().stream().filter(s -> !(s.end() instanceof End.Unknown)))
                .hasSize(wholeLines.split("StepFinished|StepFailed", -1).length - 1);
        if (goesOn) {
            checkResume(content, wholeLines);
        }
    }

    private void checkResume(JournalContent content, String wholeLines) throws IOException {
        int known = content.steps().size();
        Journal resumed = journals.resume();
        assertThat(resumed.started("after the crash")).isEqualTo(known + 1);
        resumed.close();
        assertThat(unfinished().steps()).hasSize(known + 1);
        assertThat(unfinished().steps().subList(0, known)).isEqualTo(content.steps());
        assertThat(unfinished().torn()).isFalse();
        assertThat(unfinished().resumed()).hasSize(1);
        assertThat(Files.readString(files.journal(), StandardCharsets.ISO_8859_1))
                .startsWith(wholeLines);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000\u0000\u0000\u0000",
                "{\"kind\":\"Ste\u0000\u0000\u0000}\n",
                "\u0000\u0000\n",
                "\n",
                "12\n"
            })
    void blocks_that_reached_the_disk_out_of_order_count_as_a_torn_line(String rest) throws IOException {
        open().close();
        Files.writeString(files.journal(), rest, StandardOpenOption.APPEND);
        assertThat(unfinished().torn()).isTrue();
        journals.resume().close();
        assertThat(unfinished().torn()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"kind\":\"StepPaused\",\"number\":1}|app1.journal:2: not a JournalEntry as this version writes it",
                "{\"kind\":\"StepStarted\",\"number\":3,\"at\":\"2026-11-07T09:05:03Z\",\"step\":1}"
                        + "|app1.journal:2: starts step 3 after 0",
                "{\"kind\":\"StepFinished\",\"number\":1,\"at\":\"2026-11-07T09:05:03Z\",\"result\":1}"
                        + "|app1.journal:2: ends step 1, which never began",
                "{\"kind\":\"Opened\"}|app1.journal:2: not a JournalEntry"
            })
    void a_whole_line_that_makes_no_sense_is_an_error_and_not_a_guess(String line, String why) throws IOException {
        open().close();
        Files.writeString(files.journal(), line + "\n", StandardOpenOption.APPEND);
        assertThatThrownBy(journals::unfinished)
                .isInstanceOf(ReportException.class)
                .hasMessageContaining(why);
        assertThatThrownBy(journals::resume).hasMessageContaining(why);
        assertThatThrownBy(this::open).hasMessageContaining(why);
    }

    @Test
    void damage_before_the_last_line_is_an_error() throws IOException {
        Journal journal = open();
        journal.started("one");
        journal.close();
        String[] lines = text().split("\n", -1);
        Files.writeString(files.journal(), lines[0] + "\n" + lines[1].substring(1) + "\n" + lines[1] + "\n");
        assertThatThrownBy(journals::unfinished)
                .hasMessage(files.journal()
                        + ":2: is not JSON; look at the servers, then move the journal away to go on" + " without it");
    }

    @Test
    void a_step_ends_once() throws IOException {
        Journal journal = open();
        journal.finished(journal.started("one"), 1);
        journal.finished(1, 1);
        journal.close();
        assertThatThrownBy(journals::unfinished).hasMessageContaining(":4: ends step 1 again;");
    }

    @Test
    void another_form_of_the_journal_is_refused_by_its_number() throws IOException {
        open().close();
        Files.writeString(files.journal(), text().replace("\"version\":2", "\"version\":3,\"new\":0"));
        assertThatThrownBy(journals::unfinished)
                .hasMessage(files.journal() + ": is in form 3 of the journal, this version reads form 2; finish it with"
                        + " the version that wrote it");
    }

    @Test
    void a_second_run_does_not_begin_before_the_first_is_finished() throws IOException {
        open().close();
        String before = text();
        assertThatThrownBy(this::open)
                .isInstanceOf(ReportException.class)
                .hasMessageContaining("run 20261107090503 is not finished; resume it");
        assertThat(text()).isEqualTo(before);
    }

    @Test
    void a_finished_run_is_kept_under_its_name() throws IOException {
        Journal journal = open();
        journal.finished(journal.started("one"), 1);
        Path kept = journal.end(Map.of("verdict", "none"));
        assertThat(kept).isEqualTo(dir.resolve("app1.journal.20261107090503"));
        assertThat(Files.readString(kept)).endsWith("\"outcome\":{\"verdict\":\"none\"}}\n");
        assertThat(files.journal()).doesNotExist();
        assertThat(journals.unfinished()).isEmpty();
        assertThat(open().end("again")).isEqualTo(dir.resolve("app1.journal.20261107090503-2"));
        assertThatThrownBy(journals::resume).hasMessageContaining("no unfinished run; start a new one");
    }

    @Test
    void a_run_whose_process_lives_is_not_taken_over() throws Exception {
        Process writer = JournalProcess.start("endless", dir, "");
        try {
            assertThat(writer.inputReader().readLine()).isEqualTo("0");
            assertThatThrownBy(journals::resume)
                    .hasMessageStartingWith(
                            files.journal() + ": process " + writer.pid() + " is doing run run at this moment");
        } finally {
            writer.destroyForcibly().waitFor();
        }
        journals.resume().close();
    }

    @Test
    void a_run_whose_process_lives_on_as_a_guard_is_taken_over() throws Exception {
        Process writer = JournalProcess.start("idle", dir, "");
        try {
            assertThat(writer.inputReader().readLine()).isEqualTo("1");
            assertThatThrownBy(journals::resume).hasMessageContaining("process " + writer.pid());
            new GuardFile(files, ProcessIdentity.of(writer.pid()), clock).begin(DB2, Instant.MAX);
            journals.resume().close();
        } finally {
            writer.destroyForcibly().waitFor();
        }
    }

    @Test
    void a_run_that_had_only_to_be_put_away_is_no_unfinished_run() throws IOException {
        Path kept = open().end("done");
        Files.move(kept, files.journal());
        assertThat(journals.unfinished()).isEmpty();
        assertThat(files.journal()).exists();
        open().close();
        assertThat(kept).exists();
        assertThat(unfinished().steps()).isEmpty();
    }

    @Test
    void what_a_person_moved_away_is_no_finished_run() throws IOException {
        Path latest = open().end("done");
        journals.open("20260301000000", "failover", 0).end("before");
        open().close();
        Files.move(files.journal(), dir.resolve("app1.journal.20261201000000"));
        for (String name : List.of("old", "20261107090503.bak", "~", "damaged")) {
            Files.writeString(dir.resolve("app1.journal." + name), "no journal\nat all\n\n");
        }
        assertThat(journals.lastFinished(run -> true))
                .map(run -> run.opened().run())
                .contains("20261107090503");
        Files.move(latest, dir.resolve("app1.journal.old"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(journals.lastFinished(run -> true))
                .map(run -> run.opened().run())
                .contains("20260301000000");
    }

    @Test
    void nobody_else_may_read_it_and_it_holds_no_secret() throws IOException {
        open().close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.journal())))
                .isEqualTo("rw-------");
        assertThat(text()).doesNotContain("opensesame");
    }

    @Test
    void a_name_that_is_no_file_name_is_refused() {
        assertThatThrownBy(() -> journals.open("../x", "failover", 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_interrupted_thread_can_still_record_why_it_stops() {
        Thread.currentThread().interrupt();
        Journal journal = open();
        journal.failed(journal.started("one"), "interrupted");
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        Path kept = journal.end("stopped");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(kept).exists();
    }

    @Test
    void steps_side_by_side_are_all_recorded() throws InterruptedException {
        Journal journal = open();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            String name = "thread " + t;
            threads.add(new Thread(() -> {
                for (int i = 0; i < 10; i++) {
                    String step = name + " step " + i;
                    journal.finished(journal.started(step), step);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(unfinished().steps()).hasSize(80).allSatisfy(s -> assertThat(s.end())
                .isInstanceOfSatisfying(
                        End.Finished.class, f -> assertThat(f.result()).isEqualTo(s.step())));
    }
}
