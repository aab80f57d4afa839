package io.mha4j.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.base.Sleeper;
import io.mha4j.base.Ticks;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.SampleLogs;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.config.ServerSettings.UnreadableTail;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.FailoverWishes;
import io.mha4j.decision.Step;
import io.mha4j.decision.StepResult;
import io.mha4j.decision.World;
import io.mha4j.remote.ByteSink;
import io.mha4j.remote.FileRange;
import io.mha4j.remote.ThisMachine;
import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saving what an old source wrote whose disk fails on the way, on a recorded log. */
final class RescueStepsTest {
    private static final String LOG = "mysql-bin.000001";
    private static final BinlogPosition FROM = new BinlogPosition(LOG, 4);

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @Test
    void what_was_read_before_its_disk_failed_is_saved_as_damaged() {
        StepResult.Saved saved = saved(4000, List.of());
        assertThat(saved.transactions()).isPositive();
        assertThat(saved.damaged()).isTrue();
        assertThat(saved.end().offset()).isLessThanOrEqualTo(4000);
        assertThat(saved.cutOff().orElseThrow()).endsWith("Input/output error");
        assertThat(told.toString(StandardCharsets.UTF_8))
                .contains("Input/output error; its binary log was read to " + saved.end() + " only, which counts");
    }

    @Test
    void nothing_is_saved_where_not_one_transaction_came() {
        assertThatThrownBy(() -> saved(200, List.of())).isInstanceOf(CommandException.class);
    }

    @Test
    void a_copy_gives_the_rest() {
        StepResult.Saved saved = saved(4000, List.of(samples()));
        assertThat(saved.damaged()).isFalse();
        assertThat(saved.writer()).isEqualTo(StepResult.Writer.COPIES);
        assertThat(saved.end().file()).isEqualTo("mysql-bin.000005");
    }

    @Test
    void copies_that_give_nothing_take_nothing_away() throws IOException {
        StepResult.Saved saved = saved(4000, List.of(Files.createDirectory(folder.resolve("empty"))));
        assertThat(saved.damaged()).isTrue();
        assertThat(saved.transactions()).isPositive();
        assertThat(saved.cutOff().orElseThrow()).endsWith("Input/output error");
    }

    @Test
    void a_disk_that_recovers_while_it_is_tried_again_gives_all() {
        StepResult.Saved saved = saved(4000, List.of(), UnreadableTail.RETRY, 2);
        assertThat(saved.damaged()).isFalse();
        assertThat(saved.end().file()).isEqualTo("mysql-bin.000005");
        assertThat(told.toString(StandardCharsets.UTF_8))
                .containsOnlyOnce("on_unreadable_tail=retry: it is tried again for 60 s");
    }

    @Test
    void one_that_does_not_recover_is_given_up() {
        StepResult.Saved saved = saved(4000, List.of(), UnreadableTail.RETRY, 1_000_000);
        assertThat(saved.damaged()).isTrue();
        assertThat(saved.transactions()).isPositive();
    }

    @Test
    void one_that_grows_while_it_is_read_is_not_damaged_and_somebody_writes_to_it() {
        StepResult.Saved saved = saved(new GrowingLog(), List.of(), UnreadableTail.CONTINUE, Integer.MAX_VALUE);
        assertThat(saved.damaged()).isFalse();
        assertThat(saved.writer()).isEqualTo(StepResult.Writer.ALIVE);
        assertThat(saved.readTo().file()).isEqualTo("mysql-bin.000005");
    }

    private StepResult.Saved saved(long readable, List<Path> copies) {
        return saved(readable, copies, UnreadableTail.CONTINUE, Integer.MAX_VALUE);
    }

    /** @param pauses after how many the disk has recovered */
    private StepResult.Saved saved(long readable, List<Path> copies, UnreadableTail wanted, int pauses) {
        return saved(new BadDisk(readable), copies, wanted, pauses);
    }

    private StepResult.Saved saved(BadDisk disk, List<Path> copies, UnreadableTail wanted, int pauses) {
        World world = new World(
                false,
                9,
                List.of(new World.Replica(9, 9, false, false, false, World.Health.FINE, 0, World.Stray.NONE)),
                FailoverWishes.DEFAULT,
                new World.Log(true, 0, 0, false, wanted),
                new World.Setting(false, ServerSettings.FenceWay.SSH, false, false, false));
        FailoverFacts facts = world.facts();
        ServerSettings old = facts.app().of(World.id(0));
        Application app = new Application(
                "app1",
                "app1.cnf",
                folder.toString(),
                Optional.empty(),
                "info",
                List.of(keptIn(samples(), old)),
                copies.stream().map(copy -> keptIn(copy, old)).toList(),
                List.of());
        EventLog log = EventLog.toStream(
                new PrintStream(told, true, StandardCharsets.UTF_8), Level.INFO, () -> Instant.EPOCH, ZoneOffset.UTC);
        Pauses passed = new Pauses(disk, pauses);
        RescueSteps steps = new RescueSteps(
                new FailoverFacts(
                        app,
                        facts.tree(),
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        FailoverWishes.DEFAULT,
                        facts.progress()),
                new Sessions(app, log),
                server -> server == app.servers().get(0) ? disk : new BadDisk(Long.MAX_VALUE),
                log,
                new RescueSteps.Time(passed, passed, () -> Instant.EPOCH, ZoneOffset.UTC));
        return (StepResult.Saved) steps.saveTail(new Step.SaveTail(World.id(0), FROM));
    }

    private static ServerSettings keptIn(Path directory, ServerSettings like) {
        return new ServerSettings(
                like.id(),
                like.label(),
                like.mysql(),
                like.ssh(),
                like.roles(),
                like.policy(),
                new ServerSettings.Paths(
                        "/var/tmp",
                        List.of(directory.toString()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                like.watching(),
                like.scripts(),
                like.fencing(),
                like.levelling());
    }

    private static Path samples() {
        return SampleLogs.folder("8.0.15-row", "source");
    }

    /** Time passes only in pauses, the given number of which a disk needs to recover. */
    private static final class Pauses implements Ticks, Sleeper {
        private final BadDisk disk;
        private long now;
        private int left;

        Pauses(BadDisk disk, int left) {
            this.disk = disk;
            this.left = left;
        }

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public void sleep(Duration pause) {
            now += pause.toNanos();
            // Within one try it is short.
            boolean between = pause.compareTo(Duration.ofSeconds(1)) > 0;
            left -= between ? 1 : 0;
            if (left == 0) {
                disk.readable = Long.MAX_VALUE;
            }
        }
    }

    /** This machine, with files of which nothing behind an offset can be read. */
    private static class BadDisk extends ThisMachine {
        private long readable;

        BadDisk(long readable) {
            this.readable = readable;
        }

        @Override
        public String name() {
            return "root@db1:22";
        }

        @Override
        public long readFile(FileRange range, ByteSink sink, Deadline deadline) {
            long size = fileSize(range.path(), deadline);
            long end = Math.min(size, range.offset() + range.length().orElse(size));
            if (end > readable) {
                if (range.offset() < readable) {
                    super.readFile(
                            FileRange.of(range.path(), range.offset(), readable - range.offset()), sink, deadline);
                }
                throw new CommandException("root@db1:22: Input/output error");
            }
            return super.readFile(range, sink, deadline);
        }
    }

    /** This machine, where the newest file is a byte longer whenever somebody asks how long it is. */
    private static final class GrowingLog extends BadDisk {
        private long shown = 150;

        GrowingLog() {
            super(Long.MAX_VALUE);
        }

        @Override
        public long fileSize(String path, Deadline deadline) {
            long size = super.fileSize(path, deadline);
            return path.endsWith("mysql-bin.000005") ? Math.min(size, shown++) : size;
        }

        @Override
        public long readFile(FileRange range, ByteSink sink, Deadline deadline) {
            if (!range.path().endsWith("mysql-bin.000005")) {
                return super.readFile(range, sink, deadline);
            }
            long end = Math.min(shown, range.offset() + range.length().orElse(shown));
            return super.readFile(FileRange.of(range.path(), range.offset(), end - range.offset()), sink, deadline);
        }
    }
}
