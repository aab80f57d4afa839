package io.mha4j.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.Deadline;
import io.mha4j.base.ServerId;
import io.mha4j.cli.pause.PausedException;
import io.mha4j.cli.rejoin.Homecoming;
import io.mha4j.config.ServerSettings;
import io.mha4j.execution.LockHeldException;
import io.mha4j.execution.Sessions;
import io.mha4j.execution.rejoin.Comparison;
import io.mha4j.mysql.Silence;
import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import io.mha4j.report.PauseFile;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done with an old master {@code a} that takes no writes; {@code b} was opened in its place. */
final class ReturnedMastersTest {
    private static final Homecoming.End EQUAL = new Homecoming.End.Equal("all is on b");

    @TempDir
    private Path workdir;

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final Set<String> closed = new TreeSet<>();
    private final Set<String> away = new HashSet<>();
    private final List<String> rung = new ArrayList<>();
    private final List<String> compared = new ArrayList<>();
    private Runnable permit = () -> {};
    private Duration now = Duration.ZERO;
    private String written = "1-30";
    private Supplier<Homecoming.End> comparison = () -> EQUAL;
    /** What is to be done beside the looks; done at once unless it is held. */
    private final Deque<Runnable> beside = new ArrayDeque<>();

    private boolean held;
    private boolean attaches = true;
    /** What comes of attaching it, in turn. */
    private final Deque<Supplier<Homecoming.End>> returns = new ArrayDeque<>();

    private final class Fake implements Contact {
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
    private final class Look {
        private final Scenario scenario;
        private final OldMasters old;

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

    private StateFiles files() {
        return new StateFiles(workdir, "app1");
    }

    private List<Trouble> estranged() {
        return new DivergedFile(files(), () -> Instant.EPOCH).present();
    }

    private String log() {
        return told.toString(StandardCharsets.UTF_8);
    }

    private static Homecoming.End diverged(Optional<String> unsaved) {
        return new Homecoming.End.Diverged(
                new Comparison.Diverged("2 transactions are on a alone", Optional.empty(), unsaved));
    }

    private Homecoming.End failing(String why) {
        throw new ReportException(why);
    }

    @Test
    void one_that_nobody_asked_to_attach_is_compared_once_and_left_alone() {
        Look look = new Look("  a  source", "  b  source");
        look.bringsHome();
        look.bringsHome();
        look.returns();
        assertThat(compared).containsExactly("a");
        assertThat(rung).containsExactly("old master was made read-only");
        assertThat(log())
                .containsSubsequence(
                        "it was made read-only",
                        "it holds nothing that the new master lacks (all is on b); it is left read-only. Attach it with"
                                + " masterha rejoin --host=a --port=3306");
        assertThat(look.old.areClosed()).isTrue();
        assertThat(look.old.areCompared()).isTrue();
        assertThat(estranged()).isEmpty();
    }

    @Test
    void it_is_compared_again_when_its_history_is_another_or_it_took_writes() {
        Look look = new Look("  a  source", "  b  source");
        look.bringsHome();
        written = "1-31";
        look.bringsHome();
        now = Duration.ofMinutes(1);
        look.bringsHome();
        look.bringsHome();
        assertThat(compared).hasSize(2);
        closed.clear();
        look.bringsHome();
        look.bringsHome();
        assertThat(compared).hasSize(3);
    }

    @Test
    void without_proof_of_another_master_nothing_is_compared() {
        new Look("  a  source read_only=1", "  b  source read_only=1").bringsHome();
        Look silent = new Look("  a  source read_only=1", "  b  source");
        away.add("b");
        silent.bringsHome();
        assertThat(compared).isEmpty();
        assertThat(silent.old.areClosed()).isTrue();
        assertThat(silent.old.areCompared()).isTrue();
        assertThat(log()).doesNotContain("compared with the new master now");
        away.clear();
        silent.bringsHome();
        assertThat(compared).containsExactly("a");
    }

    @Test
    void for_one_that_has_diverged_people_are_called_once_and_it_is_shown_until_it_belongs_to_the_tree() {
        comparison = () -> diverged(Optional.of("the disk is full"));
        Look look = new Look("  a  source read_only=1", "  b  source");
        for (int minute = 0; minute < 60; minute++) {
            now = Duration.ofMinutes(minute);
            look.returns();
        }
        assertThat(rung).containsExactly("old master has diverged");
        assertThat(compared).hasSize(5);
        assertThat(log()).contains("2 transactions are on a alone; they could not be saved: the disk is full");
        assertThat(estranged()).extracting(Trouble::state).containsExactly(Trouble.State.DIVERGED);

        new Look("  a  replica of=b read_only=1", "  b  source").bringsHome();
        assertThat(estranged()).isEmpty();
    }

    @Test
    void while_one_is_compared_others_are_looked_at_and_closed() {
        held = true;
        Look look = new Look("  a  source read_only=1", "  b  source", "  c  source");
        look.old.add(look.scenario.application().of(look.scenario.id("c")));
        look.bringsHome();
        assertThat(closed).containsExactly("c");
        look.bringsHome();
        assertThat(beside).hasSize(2);
        assertThat(look.old.areClosed()).isTrue();
        assertThat(look.old.areCompared()).isFalse();
        beside.forEach(Runnable::run);
        look.bringsHome();
        assertThat(look.old.areCompared()).isTrue();
        assertThat(log()).containsSubsequence("old master a", "holds nothing", "old master c", "holds nothing");
    }

    @Test
    void what_came_of_a_history_that_is_past_is_told_to_nobody() {
        held = true;
        Look look = new Look("  a  source read_only=1", "  b  source");
        look.bringsHome();
        written = "1-31";
        look.bringsHome();
        beside.remove().run();
        comparison = () -> new Homecoming.End.Refused("it is older");
        look.bringsHome();
        now = Duration.ofSeconds(10);
        look.bringsHome();
        assertThat(log()).doesNotContain("holds nothing");
        beside.remove().run();
        look.bringsHome();
        assertThat(log()).contains("was not compared: it is older");
    }

    @Test
    void what_fails_is_tried_again_ever_more_seldom_and_told_once() {
        comparison = () -> failing("SSH refuses");
        Look look = new Look("  a  source read_only=1", "  b  source");
        List<Long> tried = new ArrayList<>();
        for (long second = 0; second < 1000; second++) {
            now = Duration.ofSeconds(second);
            int before = compared.size();
            look.bringsHome();
            if (compared.size() > before) {
                tried.add(second);
            }
            assertThat(look.old.areCompared()).isEqualTo(second >= 150);
        }
        assertThat(tried).containsExactly(0L, 10L, 30L, 70L, 150L);
        assertThat(log()).containsOnlyOnce("waits to be compared: SSH refuses").containsOnlyOnce("was not compared");
        assertThat(rung).containsExactly("old master was not compared");
        look.returns();
        assertThat(compared).hasSize(6);
        assertThat(rung).hasSize(1);
    }

    @Test
    void when_nobody_looks_any_more_what_is_under_way_ends_and_begins_again_later() {
        held = true;
        Look look = new Look("  a  source read_only=1", "  b  source");
        look.bringsHome();
        look.old.rest();
        beside.remove().run();
        assertThat(compared).isEmpty();
        look.bringsHome();
        beside.remove().run();
        assertThat(compared).containsExactly("a");
    }

    @Test
    void a_guard_attaches_nobody_whatever_the_configuration_says() {
        attaches = false;
        Look look = new Look("  a  source read_only=1 auto_rejoin=1", "  b  source");
        look.bringsHome();
        look.bringsHome();
        assertThat(compared).hasSize(1);
        assertThat(log()).contains("it is left read-only");
    }

    @Test
    void one_that_has_diverged_is_attached_by_nobody() {
        comparison = () -> diverged(Optional.empty());
        Look look = new Look("  a  source read_only=1 auto_rejoin=1", "  b  source");
        look.bringsHome();
        look.bringsHome();
        assertThat(log()).contains("has diverged").doesNotContain("attached");
    }

    @Test
    void one_that_was_compared_and_takes_writes_again_is_told_and_compared_again() {
        returns.add(() -> new Homecoming.End.Refused("first"));
        returns.add(() -> new Homecoming.End.Refused("second"));
        Look look = new Look("  a  source auto_rejoin=1", "  b  source");
        look.bringsHome();
        look.bringsHome();
        assertThat(returns).hasSize(1);
        closed.clear();
        look.bringsHome();
        look.bringsHome();
        assertThat(returns).isEmpty();
        assertThat(rung)
                .containsExactly(
                        "old master was made read-only",
                        "old master was not attached",
                        "old master was made read-only",
                        "old master was not attached");
        assertThat(log())
                .containsSubsequence(
                        "it was made read-only", "is not attached: first", "it was made read-only", "attached: second");
    }

    @Test
    void one_that_waits_for_the_end_of_a_pause_is_told_once() {
        PauseFile.Pause pause = new PauseFile.Pause(Instant.EPOCH, Optional.empty(), "new disks");
        for (int looks = 0; looks < 3; looks++) {
            returns.add(() -> {
                throw new PausedException("it waits", pause);
            });
        }
        returns.add(() -> new Homecoming.End.Home("follows again"));
        Look look = new Look("  a  source read_only=1 auto_rejoin=1", "  b  source");
        look.bringsHome();
        look.bringsHome();
        look.bringsHome();
        assertThat(log()).containsOnlyOnce("answers again, read-only").containsOnlyOnce("waits to be compared");
        look.bringsHome();
        assertThat(log()).contains("answers again, and follows again");
    }

    @Test
    void one_at_which_somebody_else_works_is_attached_afterwards() {
        Look look = new Look("  a  source read_only=1 auto_rejoin=1", "  b  source");
        for (int looks = 0; looks < 2; looks++) {
            returns.add(() -> {
                throw new LockHeldException(look.scenario.id("a"), Sessions.FAILOVER_LOCK);
            });
        }
        returns.add(() -> new Homecoming.End.Home("follows again"));
        look.bringsHome();
        look.bringsHome();
        assertThat(log()).containsOnlyOnce("waits to be compared").contains("is held by another session");
        look.bringsHome();
        assertThat(log()).contains("answers again, and follows again");
    }
}
