package io.mha4j.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.archive.ArchiveName;
import io.mha4j.archive.ArchiveStore;
import io.mha4j.archive.SampleArchive;
import io.mha4j.base.Deadline;
import io.mha4j.base.ServerId;
import io.mha4j.cli.rejoin.Homecoming;
import io.mha4j.execution.rejoin.Comparison;
import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import io.mha4j.report.ReportException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ComparisonsTest {
    private static final ServerId OLD = new ServerId(0, "server1", "db1", "10.0.0.1", 3306);

    @TempDir
    private Path workdir;

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final EventLog log = EventLog.toStream(
            new PrintStream(told, true, StandardCharsets.UTF_8), Level.INFO, InstantSource.system(), ZoneOffset.UTC);
    private Duration now = Duration.ZERO;
    private int compared;
    private final Comparisons comparisons = new Comparisons(Runnable::run, () -> now.toNanos(), log);

    private Homecoming.End diverged() {
        compared++;
        return new Homecoming.End.Diverged(new Comparison.Diverged(
                "its log has more",
                Optional.of(SampleArchive.saved(workdir, "2026010100000" + compared)),
                Optional.empty()));
    }

    private void look(String written, boolean tookWrites, boolean back) {
        if (comparisons.isDue(OLD, written, tookWrites, back)) {
            comparisons.begin(OLD, this::diverged);
        }
    }

    @Test
    void what_one_alone_has_is_saved_once_though_it_is_started_again() {
        look("file 1", false, true);
        look("file 2", false, false);
        now = Duration.ofMinutes(10);
        look("file 2", false, false);
        assertThat(compared).isEqualTo(1);
        look("file 2", false, true);
        assertThat(compared).isEqualTo(2);
        look("file 2", false, true);
        assertThat(compared).isEqualTo(2);
        assertThat(new ArchiveStore(workdir).names())
                .extracting(ArchiveName::time)
                .containsExactly("20260101000001");
    }

    @Test
    void an_archive_that_cannot_be_removed_again_makes_nobody_compare_once_more() throws IOException {
        look("file 1", false, true);
        now = Duration.ofMinutes(10);
        assertThat(comparisons.isDue(OLD, "file 2", false, true)).isTrue();
        Homecoming.End found = diverged();
        Path piece = new ArchiveStore(workdir).names().get(0).piece(1);
        Files.delete(piece);
        Files.createDirectories(piece.resolve("not a file"));
        comparisons.begin(OLD, () -> found);
        assertThat(comparisons.isDue(OLD, "file 2", false, true)).isFalse();
        assertThat(comparisons.seen(OLD)).containsInstanceOf(Seen.Handled.class);
        assertThat(told.toString(StandardCharsets.UTF_8)).contains("cannot be deleted", "20260101000001.json");
    }

    @Test
    void who_goes_on_writing_to_one_that_has_diverged_fills_no_disk() {
        for (int second = 0; second < 599; second++) {
            now = Duration.ofSeconds(second);
            look("1-" + second, second % 3 == 0, second % 2 == 0);
        }
        assertThat(compared).isEqualTo(1);
    }

    @Test
    void a_bug_is_told_and_holds_nobody_up() {
        comparisons.isDue(OLD, "1", false, true);
        comparisons.begin(OLD, () -> {
            throw new IllegalStateException("no such column");
        });
        assertThat(told.toString(StandardCharsets.UTF_8)).contains("Comparing an old master", "no such column");
        assertThat(comparisons.isOpen(OLD)).isTrue();
        assertThat(comparisons.allowsToAttach(OLD)).isFalse();
    }

    @Test
    void one_that_reads_is_told_to_end_and_is_waited_for() throws InterruptedException {
        Comparisons real = new Comparisons(Comparisons::inThread, System::nanoTime, log);
        CountDownLatch reads = new CountDownLatch(1);
        real.isDue(OLD, "1", false, true);
        real.begin(OLD, () -> read(reads));
        reads.await();
        assertThat(real.seen(OLD)).containsInstanceOf(Seen.Comparing.class);
        assertThat(real.isDue(OLD, "1", false, false)).isFalse();
        real.rest();
        real.finish(Deadline.in(Duration.ofSeconds(20), System::nanoTime));
        assertThat(real.seen(OLD)).isEmpty();
        assertThat(real.isDue(OLD, "1", false, false)).isTrue();
    }

    private static Homecoming.End read(CountDownLatch reads) {
        reads.countDown();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReportException("SSH was interrupted");
        }
        return new Homecoming.End.Equal("never");
    }
}
