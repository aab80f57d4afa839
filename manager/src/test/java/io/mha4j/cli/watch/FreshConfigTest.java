package io.mha4j.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.ServerId;
import io.mha4j.config.Application;
import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import io.mha4j.report.ReportException;
import io.mha4j.scenario.Scenario;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class FreshConfigTest {
    private static final String NOT_TAKEN = "The configuration was NOT taken over";

    private final Scenario scenario = Scenario.of("servers", "  a  source", "  b  replica", "  c  replica");
    private final Application before = scenario.application();
    private final ServerId dead = scenario.id("a");
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    private Application chosen(Supplier<Application> reading) {
        EventLog log = EventLog.toStream(
                new PrintStream(written, true, StandardCharsets.UTF_8),
                Level.INFO,
                () -> Instant.EPOCH,
                ZoneOffset.UTC);
        return FreshConfig.of(reading, before, dead, log);
    }

    private String told() {
        return written.toString(StandardCharsets.UTF_8);
    }

    @Test
    void servers_that_were_added_or_removed_count() {
        Application fresh = Scenario.of("servers", "  c  replica", "  a  source", "  d  replica")
                .application();
        assertThat(chosen(() -> fresh)).isSameAs(fresh);
        assertThat(told()).isEmpty();
        assertThat(fresh.calledAs(dead))
                .hasValueSatisfying(server -> assertThat(server.id()).isNotEqualTo(dead));
    }

    @Test
    void what_cannot_be_read_does_not_count() {
        assertThat(chosen(() -> {
                    throw new ReportException("the file is gone");
                }))
                .isSameAs(before);
        assertThat(told()).contains("the file is gone", NOT_TAKEN);
    }

    @Test
    void one_that_does_not_name_the_dead_master_does_not_count() {
        Application fresh =
                Scenario.of("servers", "  b  source", "  c  replica").application();
        assertThat(chosen(() -> fresh)).isSameAs(before);
        assertThat(told()).contains("does not name " + dead + " any more", NOT_TAKEN);
    }

    @Test
    void a_global_file_that_is_gone_for_a_moment_does_not_count() {
        Application before = withGlobalFile(this.before);
        assertThat(FreshConfig.objection(() -> this.before, before, dead))
                .hasValue("the global configuration file /etc/all.cnf is gone");
        assertThat(FreshConfig.objection(() -> before, this.before, dead)).isEmpty();
    }

    private static Application withGlobalFile(Application app) {
        return new Application(
                app.name(),
                app.confFile(),
                Optional.of("/etc/all.cnf"),
                app.workdir(),
                app.log(),
                app.logLevel(),
                app.retention(),
                app.keepRunning(),
                app.guardTime(),
                app.strictVerdict(),
                app.reports(),
                app.servers(),
                app.binlogHosts(),
                app.warnings());
    }
}
