package io.mha4j.cli.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.base.ServerId;
import io.mha4j.decision.Refusal;
import io.mha4j.monitor.TreeLook;
import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import io.mha4j.report.StateFiles;
import io.mha4j.topology.ServerState;
import io.mha4j.topology.Snapshot;
import io.mha4j.topology.TreeRefusal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each alarm is that of a manager of its own, as after a restart. */
final class RefusalAlarmTest {
    private static final ServerId DEAD = new ServerId(0, "server1", "db1", "10.0.0.1", 3306);
    private static final Refusal UNFIT =
            new Refusal.ServersUnfit(List.of(new ServerId(1, "server2", "db2", "10.0.0.2", 3306)));

    private final EventLog log = EventLog.toStream(System.err, Level.INFO, InstantSource.system(), ZoneOffset.UTC);
    private final List<String> told = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");
    private boolean gotOut = true;

    @TempDir
    private Path dir = Path.of("");

    private void refused(Refusal why) {
        alarm().refused(DEAD, why);
    }

    private RefusalAlarm alarm() {
        return new RefusalAlarm(new StateFiles(dir, "app1"), () -> now, log, this::tell);
    }

    private void withoutTree(Runnable lastLook) {
        alarm().seen(DEAD, RefusalAlarmTest::noTree, lastLook);
    }

    private static TreeLook.Seen noTree() {
        throw new TreeLook.NoTree(List.of(new TreeRefusal.NobodyAnswers(List.of())));
    }

    private boolean tell(String event, String sentence) {
        told.add(event + ": " + sentence);
        return gotOut;
    }

    private static Refusal tooSoon(int minutes) {
        return new Refusal.TooSoon(Duration.ofMinutes(minutes), Duration.ofHours(8));
    }

    @Test
    void people_hear_that_the_master_is_dead_and_why_nothing_is_done() {
        refused(UNFIT);

        assertThat(told)
                .singleElement()
                .asString()
                .startsWith(
                        "the master is dead, no failover: Master db1(10.0.0.1:3306) is dead, and there is NO FAILOVER:"
                                + " db2(10.0.0.2:3306) cannot take part in the failover and ignore_fail=1 is not set");
    }

    @Test
    void a_manager_that_is_started_again_and_again_tells_the_same_once_an_hour() {
        for (int minute = 0; minute < 120; minute++) {
            refused(tooSoon(minute));
            now = now.plusSeconds(60);
        }

        assertThat(told).hasSize(2);
    }

    @Test
    void a_master_that_lived_in_between_has_died_anew() {
        refused(UNFIT);
        RefusalAlarm.forget(new StateFiles(dir, "app1"), log);
        refused(UNFIT);

        assertThat(told).hasSize(2);
    }

    @Test
    void another_reason_is_told_at_once() {
        refused(tooSoon(3));
        refused(UNFIT);

        assertThat(told).hasSize(2);
    }

    @Test
    void what_did_not_get_out_is_tried_again() {
        gotOut = false;
        refused(UNFIT);
        refused(UNFIT);

        assertThat(told).hasSize(2);
    }

    @Test
    void that_no_failover_can_be_thought_of_is_told_of_a_master_that_is_still_dead() {
        assertThatThrownBy(() -> withoutTree(() -> {})).isInstanceOf(TreeLook.NoTree.class);

        assertThat(told).hasSize(1);
    }

    @Test
    void one_that_is_back_when_all_servers_have_been_looked_at_is_no_alarm_whatever_they_form() {
        IllegalStateException alive = new IllegalStateException("answers again");
        assertThatThrownBy(() -> withoutTree(() -> {
                    throw alive;
                }))
                .isSameAs(alive);

        assertThat(told).isEmpty();
    }

    @Test
    void that_the_master_lives_is_no_alarm() {
        refused(new Refusal.SourceAlive(DEAD));

        assertThat(told).isEmpty();
    }

    private void notTakenUp(ServerState source) {
        Snapshot seen = new Snapshot(now, new TreeMap<>(Map.of(DEAD, source)));
        alarm().notTakenUp(DEAD, seen, "Foreign", "db3(10.0.0.3:3306) replicates from db9:3306, which it did not do");
    }

    @Test
    void a_failover_that_somebody_took_out_of_our_hands_is_told_without_a_word_of_a_death() {
        notTakenUp(new ServerState.Refusing(1040, "Too many connections"));

        assertThat(told)
                .containsExactly(
                        "a failover that was cut off is not taken up: The failover of db1(10.0.0.1:3306) that was"
                                + " cut off is NOT taken up, and nobody watches: db3(10.0.0.3:3306) replicates from db9:3306, which"
                                + " it did not do; db1(10.0.0.1:3306) answers");
    }

    @Test
    void that_its_old_master_went_silent_since_is_told_at_once() {
        ServerState silent = new ServerState.Unreachable(ServerState.Kind.REFUSED, "connection refused", Duration.ZERO);
        notTakenUp(new ServerState.Refusing(1040, "Too many connections"));
        notTakenUp(silent);
        notTakenUp(silent);

        assertThat(told).hasSize(2);
        assertThat(told.get(1)).endsWith("db1(10.0.0.1:3306) does not answer").doesNotContain("dead");
    }
}
