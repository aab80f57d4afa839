package io.mha4j.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.Deadline;
import io.mha4j.base.ServerId;
import io.mha4j.cli.rejoin.Homecoming;
import io.mha4j.config.ServerSettings;
import io.mha4j.execution.rejoin.Comparison;
import io.mha4j.mysql.Silence;
import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import io.mha4j.report.ReportException;
import io.mha4j.report.StateFiles;
import io.mha4j.report.trouble.DivergedFile;
import io.mha4j.report.trouble.Trouble;
import io.mha4j.scenario.Scenario;
import io.mha4j.topology.ServerFacts;
import io.mha4j.topology.ServerIdentity;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;

/** An old master {@code a} that takes no writes; {@code b} was opened in its place. */
abstract class ReturnedMasters {
    static final Homecoming.End EQUAL = new Homecoming.End.Equal("all is on b");

    @TempDir
    Path workdir;

    final ByteArrayOutputStream told = new ByteArrayOutputStream();
    final Set<String> closed = new TreeSet<>();
    final Set<String> away = new HashSet<>();
    final List<String> rung = new ArrayList<>();
    final List<String> compared = new ArrayList<>();
    Runnable permit = () -> {};
    Duration now = Duration.ZERO;
    String written = "1-30";
    Supplier<Homecoming.End> comparison = () -> EQUAL;
    /** What is to be done beside the looks; done at once unless it is held. */
    final Deque<Runnable> beside = new ArrayDeque<>();

    boolean held;
    boolean attaches = true;
    /** What comes of attaching it, in turn. */
    final Deque<Supplier<Homecoming.End>> returns = new ArrayDeque<>();

    final class Fake implements Contact {
        private final String name;
        private final ServerFacts facts;

        Fake(ServerSettings server, Scenario scenario) {
            this.name = server.id().host();
            this.facts = scenario.snapshot().facts(server.id()).orElseThrow();
        }

        @Override
        public Standing standing() {
            return new Standing(
                    facts.readOnly() || closed.contains(name), ServerIdentity.of(facts), written, facts.replication());
        }

        @Override
        public void makeReadOnly() {
            closed.add(name);
        }

        @Override
        public void close() {}
    }

    /** Lines of servers; {@code a}, and others that are named, are added as dead. */
    final class Look {
        final Scenario scenario;
        final OldMasters old;

        Look(String... servers) {
            List<String> lines = new ArrayList<>(List.of("servers"));
            lines.addAll(List.of(servers));
            scenario = Scenario.of(lines.toArray(String[]::new));
            EventLog log = EventLog.toStream(
                    new PrintStream(told, true, StandardCharsets.UTF_8),
                    Level.INFO,
                    InstantSource.system(),
                    ZoneOffset.UTC);
            old = new OldMasters(
                    () -> permit.run(),
                    attaches ? this::go : OldMasters.Way.comparing((s, all) -> go(OldMasters.Aim.COMPARED, s, all)),
                    new Estranged(files(), () -> Instant.EPOCH, log),
                    log,
                    this::ring,
                    () -> now.toNanos(),
                    this::execute,
                    this::contact,
                    new StrayAddresses(log, this::ring, (server, all, deadline) -> Optional.empty()));
            old.add(scenario.application().of(scenario.id("a")));
        }

        private void execute(Runnable work) {
            beside.add(work);
            if (!held) {
                beside.remove().run();
            }
        }

        private Homecoming.End go(OldMasters.Aim aim, ServerId server, List<ServerSettings> all) {
            if (aim == OldMasters.Aim.HOME) {
                return returns.remove().get();
            }
            compared.add(server.host());
            return comparison.get();
        }

        private void ring(String event, ServerId server, String sentence) {
            assertThat(sentence).contains(server.toString());
            rung.add(event);
        }

        private Contact contact(ServerSettings server, Deadline deadline) {
            if (away.contains(server.id().host())) {
                throw Silence.of(server.id());
            }
            return new Fake(server, scenario);
        }

        boolean bringsHome() {
            return old.look(
                    scenario.application().of(scenario.id("b")),
                    scenario.application().servers());
        }

        /** Goes away and comes back. */
        void returns() {
            away.add("a");
            bringsHome();
            away.clear();
            bringsHome();
        }
    }

    StateFiles files() {
        return new StateFiles(workdir, "app1");
    }

    List<Trouble> estranged() {
        return new DivergedFile(files(), () -> Instant.EPOCH).present();
    }

    String log() {
        return told.toString(StandardCharsets.UTF_8);
    }

    static Homecoming.End diverged(Optional<String> unsaved) {
        return new Homecoming.End.Diverged(
                new Comparison.Diverged("2 transactions are on a alone", Optional.empty(), unsaved));
    }

    Homecoming.End failing(String why) {
        throw new ReportException(why);
    }
}
