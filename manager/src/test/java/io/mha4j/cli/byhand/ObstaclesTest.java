package io.mha4j.cli.byhand;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.ServerId;
import io.mha4j.cli.admission.Admission;
import io.mha4j.config.Application;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.FailoverWishes;
import io.mha4j.decision.Progress;
import io.mha4j.execution.resume.FailoverJournal;
import io.mha4j.report.EventLog;
import io.mha4j.report.FlagFiles;
import io.mha4j.report.HolderFile;
import io.mha4j.report.Level;
import io.mha4j.report.ProcessIdentity;
import io.mha4j.report.StateFiles;
import io.mha4j.report.journal.Journals;
import io.mha4j.report.json.JsonForm;
import io.mha4j.scenario.Scenario;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.Prior;
import io.mha4j.topology.TreeRules;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ObstaclesTest {
    private final Scenario scenario = Scenario.of("servers", "  a  source   unreachable", "  b  replica");
    private final Application app = scenario.application();
    private final ServerId dead = scenario.id("a");

    @TempDir
    private Path dir = Path.of("");

    private StateFiles files() {
        return new StateFiles(dir, "app1");
    }

    private FlagFiles flags() {
        return new FlagFiles(files(), InstantSource.system());
    }

    private List<String> lines(ServerId ofFailover, boolean ignoresEarlier) {
        return obstacles(ofFailover, ignoresEarlier).stream()
                .map(Obstacles.Obstacle::line)
                .toList();
    }

    private List<Obstacles.Obstacle> obstacles(ServerId ofFailover, boolean ignoresEarlier) {
        EventLog log = EventLog.toStream(System.err, Level.INFO, InstantSource.system(), ZoneOffset.UTC);
        return new Obstacles(app, files(), log)
                .of(ofFailover, new Admission(files(), ignoresEarlier, Duration.ofHours(8)));
    }

    private void cutFailover() {
        ManagedTree tree = (ManagedTree) TreeRules.read(app, scenario.snapshot(), Prior.NOTHING);
        FailoverFacts facts = new FailoverFacts(
                app, tree, Optional.empty(), Optional.empty(), false, FailoverWishes.DEFAULT, Progress.NONE);
        new Journals(files(), new JsonForm(), InstantSource.system())
                .open("1", FailoverJournal.OPERATION, FailoverJournal.Beginning.of(facts))
                .close();
    }

    @Test
    void nothing_stands_in_the_way_where_nothing_happened() {
        assertThat(lines(dead, false)).isEmpty();
    }

    @Test
    void flags_of_earlier_failovers_refuse_it() {
        flags().recordComplete();
        assertThat(lines(dead, false))
                .singleElement()
                .asString()
                .startsWith("No failover: the last failover was 0 min ago, less than 480 min");
        flags().recordError();
        assertThat(lines(dead, false))
                .singleElement()
                .asString()
                .matches("No failover: .*app1.failover.error exists: the last failover failed.*");
    }

    @Test
    void what_refuses_it_is_told_apart_from_what_only_comes_first() {
        cutFailover();
        assertThat(obstacles(dead, false)).singleElement().matches(obstacle -> !obstacle.refuses());
        flags().recordError();
        assertThat(obstacles(dead, false)).hasSize(2).anyMatch(Obstacles.Obstacle::refuses);
    }

    @Test
    void flags_that_would_be_removed_do_not_count_and_stay() {
        flags().recordError();

        assertThat(lines(dead, true)).isEmpty();
        assertThat(flags().hasError()).isTrue();
    }

    @Test
    void a_manager_that_runs_refuses_it() {
        new HolderFile(files(), InstantSource.system()).write(ProcessIdentity.current());

        assertThat(lines(dead, false))
                .containsExactly(
                        "No failover: process " + ProcessIdentity.current().pid()
                                + " acts for app1 already and holds " + files().lock()
                                + "; stop it with masterha_stop first");
    }

    @Test
    void a_failover_that_was_cut_off_comes_first() {
        cutFailover();

        assertThat(lines(dead, false))
                .containsExactly(
                        "A failover of a(10.0.0.1:3306) was cut off in the middle (run 1); it would be taken up,"
                                + " and not begin anew");
        assertThat(lines(scenario.id("b"), false))
                .singleElement()
                .asString()
                .startsWith(
                        "No failover: A failover of a(10.0.0.1:3306) was cut off (run 1) and comes before one of b");
    }
}
