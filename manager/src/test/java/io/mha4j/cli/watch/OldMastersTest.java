package io.mha4j.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.base.Deadline;
import io.mha4j.base.ServerId;
import io.mha4j.cli.rejoin.Homecoming;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import io.mha4j.report.ReportException;
import io.mha4j.report.StateFiles;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** {@code a} is the old master, {@code b} was opened in its place. */
final class OldMastersTest {
    private static final String UUID_OF_B = "00000002-0000-0000-0000-000000000000";

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final Set<String> closed = new TreeSet<>();
    private final List<String> rung = new ArrayList<>();
    /** What is answered of the addresses of hosts, in turn. */
    private final Deque<Optional<String>> addresses = new ArrayDeque<>();

    private final List<String> asked = new ArrayList<>();
    private Runnable permit = () -> {};
    private Duration now = Duration.ZERO;

    private final class Fake implements Contact {
        private final String name;
        private final ServerFacts facts;

        Fake(ServerSettings server, Scenario scenario) {
            this.name = server.id().host();
            this.facts = scenario.snapshot()
                    .facts(server.id())
                    .orElseThrow(() -> new ReportException(name + " does not answer"));
        }

        @Override
        public Standing standing() {
            return new Standing(
                    facts.readOnly() || closed.contains(name), ServerIdentity.of(facts), "", facts.replication());
        }

        @Override
        public void makeReadOnly() {
            closed.add(name);
        }

        @Override
        public void close() {}
    }

    /** Lines of servers; {@code a} is added as dead. */
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
                    (aim, server, all) -> new Homecoming.End.Equal("it is all there"),
                    new Estranged(new StateFiles(Path.of("/nowhere"), "app1"), Instant::now, log),
                    log,
                    this::ring,
                    () -> now.toNanos(),
                    Runnable::run,
                    this::contact,
                    new StrayAddresses(log, this::ring, (server, all, deadline) -> {
                        asked.add(server.id().host());
                        return addresses.remove();
                    }));
            old.add(scenario.application().of(scenario.id("a")));
        }

        private void ring(String event, ServerId server, String sentence) {
            assertThat(sentence).contains(server.toString());
            rung.add(event);
        }

        private Contact contact(ServerSettings server, Deadline deadline) {
            return new Fake(server, scenario);
        }

        boolean bringsHome() {
            return old.look(
                    scenario.application().of(scenario.id("b")),
                    scenario.application().servers());
        }
    }

    private String log() {
        return told.toString(StandardCharsets.UTF_8);
    }

    @Test
    void one_that_takes_writes_is_made_read_only_beside_a_new_master() {
        Look look = new Look("  a  source", "  b  source");
        assertThat(look.bringsHome()).isFalse();
        assertThat(closed).containsExactly("a");
        assertThat(look.old.areClosed()).isTrue();
        assertThat(rung).containsExactly("old master was made read-only");
    }

    @Test
    void one_of_a_pair_that_has_always_followed_the_other_is_home_only_when_it_takes_no_writes() {
        Look look = new Look("  a  replica of=b read_only=0", "  b  source");
        assertThat(look.bringsHome()).isFalse();
        assertThat(closed).containsExactly("a");
        assertThat(look.old.hasComeHome(look.scenario.id("a"))).isFalse();
        assertThat(look.bringsHome()).isTrue();
        assertThat(look.old.hasComeHome(look.scenario.id("a"))).isTrue();
        assertThat(log()).containsSubsequence("it was made read-only", "it belongs to the tree again");
    }

    @Test
    void settings_that_the_new_master_kept_do_not_disprove_it_while_they_stand_still() {
        new Look("  a  source", "  b  replica of=a io=no sql=no read_only=0").bringsHome();
        assertThat(closed).containsExactly("a");
    }

    @Test
    void a_master_that_follows_the_old_one_again_proves_nothing() {
        Look look = new Look("  a  source", "  b  replica of=a io=connecting sql=no read_only=0");
        look.bringsHome();
        assertThat(closed).isEmpty();
        assertThat(look.old.areClosed()).isFalse();
        assertThat(log()).contains("could not be made read-only", "is read-only or follows another server");
        assertThat(rung).containsExactly("old master takes writes");
    }

    @Test
    void after_a_switch_the_master_of_now_is_the_proof() {
        new Look("  a  source", "  b  replica of=c", "  c  source").bringsHome();
        assertThat(closed).containsExactly("a");
    }

    @Test
    void a_read_only_master_or_one_that_is_followed_by_a_closed_one_proves_nothing() {
        new Look("  a  source", "  b  replica of=c", "  c  source read_only=1").bringsHome();
        new Look("  a  source", "  b  source read_only=1", "  c  source").bringsHome();
        assertThat(closed).isEmpty();
    }

    @Test
    void one_that_follows_the_new_master_by_another_name_is_home() {
        Look look = new Look("  a  replica of=10.9.9.9:3306 source_id=2 source_uuid=" + UUID_OF_B, "  b  source");
        assertThat(look.bringsHome()).isTrue();
        assertThat(log()).contains("it belongs to the tree again");
    }

    @Test
    void one_that_follows_somebody_else_is_not_home_though_the_new_master_is_silent() {
        assertThat(new Look("  a  replica of=10.9.9.9:3306 source_id=3", "  b  source").bringsHome())
                .isFalse();
        assertThat(new Look("  a  replica of=10.9.9.9:3306 source_id=2", "  b  source unreachable").bringsHome())
                .isFalse();
        assertThat(log()).contains("answers again, read-only").doesNotContain("is away");
    }

    @Test
    void after_a_switch_the_master_of_now_is_the_proof_whatever_name_leads_to_it() {
        String c = "source_id=3 source_uuid=00000003-0000-0000-0000-000000000000";
        new Look("  a  source", "  b  replica of=10.9.9.9:3306 " + c, "  c  source", "  d  source unreachable")
                .bringsHome();
        assertThat(closed).containsExactly("a");
        closed.clear();
        new Look("  a  source", "  b  replica of=10.9.9.9:3306 " + c, "  c  source read_only=1").bringsHome();
        new Look("  a  source", "  b  replica of=10.9.9.9:3306 io=no sql=no " + c, "  c  source").bringsHome();
        assertThat(closed).isEmpty();
    }

    @Test
    void whoever_may_not_act_tells_so_and_calls_people() {
        permit = () -> {
            throw new ReportException("acting is paused");
        };
        new Look("  a  source", "  b  source").bringsHome();
        assertThat(closed).isEmpty();
        assertThat(log()).contains("could not be made read-only (acting is paused)");
        assertThat(rung).containsExactly("old master takes writes");
    }

    @Test
    void that_one_takes_writes_is_told_once_and_rung_as_long_as_it_does() {
        permit = () -> {
            throw new ReportException("acting is paused");
        };
        Look look = new Look("  a  source", "  b  source");
        look.bringsHome();
        look.bringsHome();
        assertThat(rung).containsExactly("old master takes writes", "old master takes writes");
        assertThat(log()).containsOnlyOnce("TAKES WRITES");
    }

    @Test
    void one_that_takes_writes_again_is_told_each_time() {
        Look look = new Look("  a  source", "  b  source");
        look.bringsHome();
        closed.clear();
        look.bringsHome();
        assertThat(closed).containsExactly("a");
        assertThat(rung).containsExactly("old master was made read-only", "old master was made read-only");
        assertThat(log().split("it was made read-only", -1)).hasSize(3);
    }

    @Test
    void who_is_the_guard_no_more_calls_nobody() {
        permit = () -> {
            throw new GaveWay("another process is the guard now");
        };
        Look look = new Look("  a  source", "  b  source");
        assertThatThrownBy(look::bringsHome).isInstanceOf(GaveWay.class);
        assertThat(closed).isEmpty();
        assertThat(rung).isEmpty();
    }

    @Test
    void the_virtual_address_is_taken_off_a_returned_one_until_it_is_gone() {
        addresses.addAll(
                List.of(Optional.of("may still be there"), Optional.of("may still be there"), Optional.empty()));
        Look look = new Look("  a  source vip=10.0.0.9/24", "  b  source vip=10.0.0.9/24");
        look.bringsHome();
        look.bringsHome();
        assertThat(look.old.areClosed()).isFalse();
        assertThat(rung).containsExactly("virtual address may be at two hosts", "old master was made read-only");
        look.bringsHome();
        look.bringsHome();
        assertThat(asked).containsExactly("a", "a", "a");
        assertThat(look.old.areClosed()).isTrue();
    }

    @Test
    void one_that_follows_is_home_only_when_the_virtual_address_is_gone_from_its_host() {
        addresses.addAll(List.of(Optional.of("SSH refuses"), Optional.of("SSH refuses"), Optional.empty()));
        Look look = new Look("  a  replica of=b read_only=0 vip=10.0.0.9/24", "  b  source vip=10.0.0.9/24");
        look.bringsHome();
        assertThat(look.bringsHome()).isFalse();
        assertThat(look.old.areClosed()).isFalse();
        assertThat(look.old.hasComeHome(look.scenario.id("a"))).isFalse();
        assertThat(log()).contains("stays left out until its host is known to be without the virtual address");
        assertThat(look.bringsHome()).isTrue();
        assertThat(look.old.areClosed()).isTrue();
    }

    @Test
    void one_that_is_home_is_left_out_until_a_tree_with_it_is_watched() {
        Look look = new Look("  a  replica of=b read_only=1", "  b  source");
        Application configured = look.scenario.application();
        assertThat(look.bringsHome()).isTrue();
        assertThat(look.old.hasComeHome(look.scenario.id("a"))).isTrue();
        assertThat(hosts(look.old.without(configured))).containsExactly("b");
        assertThat(hosts(look.old.welcoming(configured))).containsExactly("a", "b");

        look.old.settle(look.old.without(configured));
        assertThat(log()).contains("stays left out: no tree with it was taken over yet");
        assertThat(look.old.isEmpty()).isFalse();
        look.old.settle(look.old.welcoming(configured));
        assertThat(look.old.isEmpty()).isTrue();
        assertThat(hosts(look.old.without(configured))).containsExactly("a", "b");
    }

    @Test
    void a_tree_with_one_that_is_home_is_asked_for_again_ever_more_seldom() {
        Look look = new Look("  a  replica of=b read_only=1", "  b  source");
        assertThat(look.bringsHome()).isTrue();
        List<Long> minutes = new ArrayList<>();
        for (long minute = 1; minute <= 100; minute++) {
            now = Duration.ofMinutes(minute);
            if (look.bringsHome()) {
                minutes.add(minute);
            }
        }
        assertThat(minutes).containsExactly(1L, 3L, 7L, 15L, 31L, 61L, 91L);
        assertThat(log()).containsOnlyOnce("belongs to the tree again");
    }

    @Test
    void one_that_is_home_and_has_no_section_any_more_is_told_and_waits_for_one() {
        Look look = new Look("  a  replica of=b read_only=1", "  b  source");
        Application configured = look.scenario.application();
        Application removed = look.old.without(configured);
        assertThat(look.bringsHome()).isTrue();
        assertThat(hosts(look.old.welcoming(removed))).containsExactly("b");
        look.old.settle(removed);
        now = Duration.ofHours(2);
        assertThat(look.bringsHome()).isFalse();
        assertThat(log())
                .containsOnlyOnce("the configuration has no section of it any more")
                .doesNotContain("no tree with it");

        assertThat(hosts(look.old.welcoming(configured))).containsExactly("a", "b");
        look.old.settle(configured);
        assertThat(look.old.isEmpty()).isTrue();
    }

    private static List<String> hosts(Application app) {
        return app.servers().stream().map(server -> server.id().host()).toList();
    }

    @Test
    void the_virtual_address_stays_where_nobody_is_proven_to_be_the_new_master() {
        new Look("  a  source read_only=1 vip=10.0.0.9/24", "  b  replica of=a read_only=1 vip=10.0.0.9/24")
                .bringsHome();
        new Look("  a  source vip=10.0.0.9/24", "  b  replica of=a read_only=1 vip=10.0.0.9/24").bringsHome();
        assertThat(asked).isEmpty();
    }
}
