package io.mha4j.execution.level;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.archive.Archive;
import io.mha4j.archive.SampleArchive;
import io.mha4j.base.ServerId;
import io.mha4j.config.ServerSettings;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.FailoverWishes;
import io.mha4j.decision.Outcome;
import io.mha4j.decision.Progress;
import io.mha4j.decision.Step;
import io.mha4j.decision.World;
import io.mha4j.mysql.SourceTarget.Link;
import io.mha4j.mysql.SourceTarget.Tls;
import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import io.mha4j.topology.SampleStatus;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replica that its levelling left with the levelling's settings. */
final class UsualSettingsTest {
    private static final ServerId REPLICA = World.id(1);
    private static final Link OWN = new Link(
            Optional.of(new Tls(true, true)),
            Optional.of(Duration.ofSeconds(60)),
            Optional.of(Duration.ofSeconds(30)),
            Optional.of(Duration.ofHours(1)));

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @Test
    void it_is_to_follow_the_new_source_as_it_followed_the_old_one() {
        UsualSettings usual = usual(Progress.NONE);
        usual.of(REPLICA, SampleStatus.as("repl"), OWN, archive());
        assertThat(usual.link(REPLICA, SampleStatus.as("mha4j_feed_1"))).isEqualTo(OWN);
        assertThat(usual.link(REPLICA, SampleStatus.as("repl"))).isEqualTo(Link.AS_IT_IS);
    }

    @Test
    void so_it_is_in_a_run_that_is_taken_up() {
        Archive archive = archive();
        usual(Progress.NONE).of(REPLICA, SampleStatus.as("repl"), OWN, archive);
        Step level = new Step.Level(REPLICA, archive.description().toString(), archive.end());
        Progress begun = new Progress(List.of(new Outcome.Failed(level, "its session was lost")));
        assertThat(usual(begun).link(REPLICA, SampleStatus.as("mha4j_feed_1"))).isEqualTo(OWN);
    }

    @Test
    void it_is_named_where_nobody_knows_how_that_was() {
        Archive archive = archive();
        assertThat(usual(Progress.NONE).link(REPLICA, SampleStatus.as("mha4j_feed_1")))
                .isEqualTo(Link.AS_IT_IS);
        assertThat(usual(Progress.NONE)
                        .of(REPLICA, SampleStatus.as("mha4j_feed_1"), Link.FOR_LEVELLING, archive)
                        .link())
                .isEqualTo(Link.FOR_LEVELLING);
        assertThat(told.toString(StandardCharsets.UTF_8).lines()).hasSize(2).allSatisfy(line -> assertThat(line)
                .contains(REPLICA + ": how it kept in touch")
                .contains("heartbeat and retry settings are the levelling's; set them"));
    }

    private UsualSettings usual(Progress progress) {
        FailoverFacts facts = new World(
                        true,
                        9,
                        List.of(new World.Replica(9, 9, false, false, false, World.Health.FINE, 0, World.Stray.NONE)),
                        FailoverWishes.DEFAULT,
                        new World.Log(true, 0, 0, false),
                        new World.Setting(false, ServerSettings.FenceWay.SSH, false, false, false))
                .facts()
                .with(progress);
        return new UsualSettings(
                facts,
                EventLog.toStream(
                        new PrintStream(told, true, StandardCharsets.UTF_8),
                        Level.INFO,
                        () -> Instant.EPOCH,
                        ZoneOffset.UTC));
    }

    private Archive archive() {
        return SampleArchive.saved(folder);
    }
}
