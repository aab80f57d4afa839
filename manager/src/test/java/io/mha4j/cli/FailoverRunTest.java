package io.mha4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.mha4j.base.Secret;
import io.mha4j.cli.command.CommandLineSyntax;
import io.mha4j.config.Application;
import io.mha4j.config.ChangedApplication;
import io.mha4j.config.report.ReportSettings;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.FailoverWishes;
import io.mha4j.decision.Progress;
import io.mha4j.execution.Permit;
import io.mha4j.hooks.HookRunner;
import io.mha4j.remote.LocalRunner;
import io.mha4j.report.EventLog;
import io.mha4j.report.FlagFiles;
import io.mha4j.report.Level;
import io.mha4j.report.ProcessIdentity;
import io.mha4j.report.ReportException;
import io.mha4j.report.SeenStatus;
import io.mha4j.report.StateFiles;
import io.mha4j.report.Status;
import io.mha4j.report.StatusFile;
import io.mha4j.scenario.Scenario;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.Prior;
import io.mha4j.topology.TreeRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failovers that are refused, or end before anything is changed. */
final class FailoverRunTest {
    private final EventLog log = EventLog.toStream(System.err, Level.INFO, InstantSource.system(), ZoneOffset.UTC);

    @TempDir
    private Path dir = Path.of("");

    private Optional<Webhooks> receiver = Optional.empty();

    @AfterEach
    void stopReceiving() {
        receiver.ifPresent(Webhooks::close);
    }

    private ReportSettings receiving() throws IOException {
        receiver = Optional.of(new Webhooks());
        return new ReportSettings(Optional.of(new Secret(receiver.get().url())), Optional.empty(), Optional.empty());
    }

    private List<String> told() {
        return receiver.orElseThrow().told();
    }

    /** How it ended. */
    private record End(int exit, Duration owedWait) {}

    /** Nothing gives way to it. */
    private End run(String... servers) {
        return run(
                ReportSettings.NONE, () -> {}, () -> fail("nothing gives way to a failover that is refused"), servers);
    }

    private End run(ReportSettings reports, Permit permit, Runnable makeWay, String... servers) {
        return run(List.of(), reports, permit, makeWay, servers);
    }

    private End run(List<String> more, ReportSettings reports, Permit permit, Runnable makeWay, String... servers) {
        Scenario scenario = Scenario.of(("servers\n" + String.join("\n", servers)).split("\n", -1));
        ManagedTree tree = (ManagedTree) TreeRules.read(scenario.application(), scenario.snapshot(), Prior.NOTHING);
        Application app = ChangedApplication.keepingArchivesIn(
                workdir().toString(), ChangedApplication.telling(scenario.application(), reports));
        FailoverFacts facts = new FailoverFacts(
                app, tree, Optional.empty(), Optional.empty(), false, FailoverWishes.DEFAULT, Progress.NONE);
        try (Hosts hosts = new Hosts(log)) {
            FailoverRun run = new FailoverRun(
                    new Setup(app, log, files()),
                    CommandLineSyntax.parse(
                            ManagerOptions.ALL,
                            Stream.concat(Stream.of("--conf=app1.cnf", "--wait_on_failover_error=600"), more.stream())
                                    .toList()),
                    new StatusFile(files(), ProcessIdentity.current(), InstantSource.system()),
                    new HookRunner(new LocalRunner()),
                    hosts,
                    permit,
                    false);
            int exit = run.run(facts, () -> {
                makeWay.run();
                return true;
            });
            return new End(exit, run.owedWait());
        }
    }

    private Path workdir() {
        return dir.resolve("work");
    }

    private StateFiles files() {
        return new StateFiles(dir, "app1");
    }

    private Optional<Status> status() {
        return SeenStatus.read(files(), doubt -> fail(doubt)).map(SeenStatus::written);
    }

    @Test
    void one_that_an_earlier_one_forbids_is_waited_for_as_any_that_failed() {
        new FlagFiles(files(), InstantSource.system()).recordComplete();

        assertThat(run("  a  source   unreachable", "  b  replica")).isEqualTo(new End(1, Duration.ofSeconds(600)));
        assertThat(status()).contains(Status.FAILOVER_ERROR);
    }

    @Test
    void earlier_ones_are_forgotten_when_it_begins_and_not_when_it_is_refused() throws IOException {
        FlagFiles flags = new FlagFiles(files(), InstantSource.system());
        flags.recordComplete();
        flags.recordError();
        List<String> ignoring = List.of("--ignore_last_failover");

        run(ignoring, ReportSettings.NONE, () -> {}, () -> {}, "  a  source", "  b  replica");
        run(
                ignoring,
                ReportSettings.NONE,
                () -> {},
                () -> {},
                "  a  source   unreachable",
                "  b  replica  no_master=1");
        assertThat(files().failoverError()).exists();
        assertThat(files().failoverComplete()).exists();

        Permit lost = () -> {
            throw new ReportException("the lock is lost");
        };
        run(ignoring, ReportSettings.NONE, lost, () -> {}, "  a  source   unreachable", "  b  replica");
        assertThat(files().failoverError()).doesNotExist();
        assertThat(files().failoverComplete()).doesNotExist();
    }

    @Test
    void one_of_a_master_that_lives_leaves_nothing_behind() {
        assertThat(run("  a  source", "  b  replica")).isEqualTo(new End(1, Duration.ofSeconds(600)));
        assertThat(files().journal()).doesNotExist();
        assertThat(files().failoverError()).doesNotExist();
    }

    /** A full disk refuses as a folder in the file's place does. */
    @Test
    void one_whose_journal_cannot_be_begun_is_told_and_waited_for_as_any_that_failed() throws IOException {
        Files.createDirectories(files().journal());

        assertThat(run(receiving(), () -> {}, () -> {}, "  a  source   unreachable", "  b  replica"))
                .isEqualTo(new End(1, Duration.ofSeconds(600)));
        assertThat(status()).contains(Status.FAILOVER_ERROR);
        assertThat(told()).singleElement().asString().contains("and there is NO FAILOVER: " + files().journal());
    }

    @Test
    void one_whose_journal_cannot_be_ended_is_told_and_waited_for_all_the_same() throws IOException {
        Permit permit = () -> {
            files().journal().toFile().delete();
            throw new ReportException("the disk is full");
        };

        assertThat(run(receiving(), permit, () -> {}, "  a  source   unreachable", "  b  replica"))
                .isEqualTo(new End(1, Duration.ofSeconds(600)));
        assertThat(status()).contains(Status.FAILOVER_ERROR);
        assertThat(told()).singleElement().asString().contains("NO FAILOVER: the disk is full");
    }

    /** As on a disk that has failed meanwhile. */
    @Test
    void one_that_broke_off_is_told_by_webhook_though_its_journal_is_gone() throws IOException {
        Permit permit = () -> files().journal().toFile().delete();

        run(
                receiving(),
                permit,
                () -> {},
                "  a  source   unreachable  ip=127.0.0.1  port=1",
                "  b  replica  ip=127.0.0.1  port=1");

        assertThat(files().failoverError()).exists();
        assertThat(told()).singleElement().asString().contains("app1: MySQL Master failover a(127.0.0.1:1)");
    }

    /** On a disk that has failed, say, or with permissions that were taken away. */
    @Test
    void one_that_broke_off_is_told_though_the_notes_of_what_slaves_were_given_cannot_be_read() throws IOException {
        Files.writeString(workdir(), "no folder");

        assertThat(run(
                        receiving(),
                        () -> {},
                        () -> {},
                        "  a  source   unreachable  ip=127.0.0.1  port=1",
                        "  b  replica  ip=127.0.0.1  port=1"))
                .extracting(End::exit)
                .isEqualTo(1);

        assertThat(files().failoverError()).exists();
        assertThat(files().journal()).doesNotExist();
        assertThat(told()).singleElement().asString().contains("app1: MySQL Master failover a(127.0.0.1:1)");
    }

    @Test
    void one_whose_state_cannot_be_shown_is_told_too() throws IOException {
        Files.createDirectories(files().status().resolve("in the way"));
        Files.createDirectories(files().journal());

        assertThat(run(receiving(), () -> {}, () -> {}, "  a  source   unreachable", "  b  replica"))
                .isEqualTo(new End(1, Duration.ofSeconds(600)));
        assertThat(told()).hasSize(1);
    }
}
