package io.mha4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.mha4j.cli.command.CommandLineSyntax;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.FailoverWishes;
import io.mha4j.decision.Progress;
import io.mha4j.hooks.HookRunner;
import io.mha4j.remote.LocalRunner;
import io.mha4j.report.EventLog;
import io.mha4j.report.FlagFiles;
import io.mha4j.report.Level;
import io.mha4j.report.ProcessIdentity;
import io.mha4j.report.SeenStatus;
import io.mha4j.report.StateFiles;
import io.mha4j.report.Status;
import io.mha4j.report.StatusFile;
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

/** Failovers that are refused. */
final class FailoverRunTest {
    private final EventLog log = EventLog.toStream(System.err, Level.INFO, InstantSource.system(), ZoneOffset.UTC);

    @TempDir
    private Path dir = Path.of("");

    /** How it ended; nothing gives way to it. */
    private record End(int exit, Duration owedWait) {}

    private End run(String... servers) {
        Scenario scenario = Scenario.of(("servers\n" + String.join("\n", servers)).split("\n", -1));
        ManagedTree tree = (ManagedTree) TreeRules.read(scenario.application(), scenario.snapshot(), Prior.NOTHING);
        FailoverFacts facts = new FailoverFacts(
                scenario.application(), tree, Optional.empty(), false, FailoverWishes.DEFAULT, Progress.NONE);
        try (Hosts hosts = new Hosts(log)) {
            FailoverRun run = new FailoverRun(
                    new Setup(scenario.application(), log, files()),
                    CommandLineSyntax.parse(
                            ManagerOptions.ALL, List.of("--conf=app1.cnf", "--wait_on_failover_error=600")),
                    new StatusFile(files(), ProcessIdentity.current(), InstantSource.system()),
                    new HookRunner(new LocalRunner()),
                    hosts,
                    () -> {},
                    false);
            int exit = run.run(facts, () -> fail("nothing gives way to a failover that is refused"));
            return new End(exit, run.owedWait());
        }
    }

    private StateFiles files() {
        return new StateFiles(dir, "app1");
    }

    private Optional<Status> status() {
        return SeenStatus.read(files()).map(SeenStatus::written);
    }

    @Test
    void one_that_an_earlier_one_forbids_is_waited_for_as_any_that_failed() {
        new FlagFiles(files(), InstantSource.system()).recordComplete();

        assertThat(run("  a  source   unreachable", "  b  replica")).isEqualTo(new End(1, Duration.ofSeconds(600)));
        assertThat(status()).contains(Status.FAILOVER_ERROR);
    }

    @Test
    void one_of_a_master_that_lives_leaves_nothing_behind() {
        assertThat(run("  a  source", "  b  replica")).isEqualTo(new End(1, Duration.ofSeconds(600)));
        assertThat(files().journal()).doesNotExist();
        assertThat(files().failoverError()).doesNotExist();
    }
}
