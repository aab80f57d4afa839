package io.mha4j.cli.outlook;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.ServerId;
import io.mha4j.config.Application;
import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import io.mha4j.report.ProcessIdentity;
import io.mha4j.report.StateFiles;
import io.mha4j.report.trouble.Trouble;
import io.mha4j.report.trouble.Troubles;
import io.mha4j.scenario.Scenario;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigLookTest {
    private static final String SPOILT = "ping_interval=soon is no number";
    private static final String FINE = "";

    private final Scenario scenario = Scenario.of("servers", "  a  source", "  b  replica");
    private final ServerId source = scenario.id("a");
    private int size;
    private int readings;

    @TempDir
    private Path folder = Path.of("");

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final EventLog log = EventLog.toStream(
            new PrintStream(written, true, StandardCharsets.UTF_8), Level.INFO, () -> Instant.EPOCH, ZoneOffset.UTC);
    private Troubles troubles = troubles();
    private ConfigLook look = new ConfigLook(log, troubles);

    private Troubles troubles() {
        return new Troubles(new StateFiles(folder, "app1"), ProcessIdentity.current(), () -> Instant.EPOCH, log);
    }

    @BeforeEach
    void inTheFolder() {
        troubles = troubles();
        look = new ConfigLook(log, troubles);
        looked(FINE);
    }

    /** The files change before each look. */
    private void looked(String... objections) {
        Arrays.stream(objections).forEach(o -> {
            write("x".repeat(++size));
            look.look(app(), source, (used, of) -> {
                readings++;
                return Optional.of(o).filter(said -> !said.isEmpty());
            });
        });
    }

    private void write(String text) {
        try {
            Files.writeString(folder.resolve("app1.cnf"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Application app() {
        return new Application(
                "app1",
                folder.resolve("app1.cnf").toString(),
                "/tmp",
                Optional.empty(),
                "info",
                scenario.application().servers(),
                List.of(),
                List.of());
    }

    private List<String> told() {
        return written.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.replaceFirst(".*] ", ""))
                .toList();
    }

    @Test
    void one_look_that_fails_is_nothing() {
        looked(SPOILT, FINE, SPOILT, FINE);
        assertThat(told()).isEmpty();
        assertThat(troubles.present()).isEmpty();
    }

    @Test
    void what_stays_spoilt_is_told_once_and_shown_until_it_is_mended() {
        looked(SPOILT, SPOILT, SPOILT);
        assertThat(told()).singleElement().asString().contains(SPOILT, "the one that was read before");
        assertThat(troubles.present()).extracting(Trouble::state).containsExactly(Trouble.State.CONFIG_UNUSABLE);
        looked(FINE, FINE);
        assertThat(told()).hasSize(2).last().isEqualTo("The configuration can be used again");
        assertThat(troubles.present()).isEmpty();
    }

    @Test
    void files_that_have_not_changed_are_not_read() {
        look.look(app(), source, (used, of) -> Optional.of(SPOILT));
        look.look(app(), source, (used, of) -> Optional.of(SPOILT));
        assertThat(troubles.present()).isEmpty();
        assertThat(readings).isZero();
        looked(FINE);
        assertThat(readings).isEqualTo(1);
    }

    @Test
    void nobody_waits_for_files_that_are_being_read() throws InterruptedException {
        write("changed");
        CountDownLatch ended = new CountDownLatch(1);
        look.look(app(), source, (used, of) -> {
            Thread other = new Thread(() -> {
                look.forget();
                ended.countDown();
            });
            other.start();
            return awaited(ended) ? Optional.empty() : Optional.of("forgetting waited");
        });
        assertThat(ended.getCount()).isZero();
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void another_watching_begins_to_count_anew() {
        looked(SPOILT);
        look.forget();
        looked(SPOILT);
        assertThat(troubles.present()).isEmpty();
    }
}
