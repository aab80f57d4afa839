package io.mha4j.cli.outlook;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.ServerId;
import io.mha4j.config.Application;
import io.mha4j.report.trouble.Trouble;
import io.mha4j.report.trouble.TroubleBook;
import io.mha4j.scenario.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private TroubleBook book = new TroubleBook(folder);
    private ConfigLook look = new ConfigLook(book.log(), book.troubles());

    @BeforeEach
    void inTheFolder() {
        book = new TroubleBook(folder);
        look = new ConfigLook(book.log(), book.troubles());
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

    @Test
    void one_look_that_fails_is_nothing() {
        looked(SPOILT, FINE, SPOILT, FINE);
        assertThat(book.told()).isEmpty();
        assertThat(book.troubles().present()).isEmpty();
    }

    @Test
    void what_stays_spoilt_is_told_once_and_shown_until_it_is_mended() {
        looked(SPOILT, SPOILT, SPOILT);
        assertThat(book.told()).singleElement().asString().contains(SPOILT, "the one that was read before");
        assertThat(book.troubles().present()).extracting(Trouble::state).containsExactly(Trouble.State.CONFIG_UNUSABLE);
        looked(FINE, FINE);
        assertThat(book.told()).hasSize(2).last().isEqualTo("The configuration can be used again");
        assertThat(book.troubles().present()).isEmpty();
    }

    @Test
    void files_that_have_not_changed_are_not_read() {
        look.look(app(), source, (used, of) -> Optional.of(SPOILT));
        look.look(app(), source, (used, of) -> Optional.of(SPOILT));
        assertThat(book.troubles().present()).isEmpty();
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
        assertThat(book.troubles().present()).isEmpty();
    }
}
