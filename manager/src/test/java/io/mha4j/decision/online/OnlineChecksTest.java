package io.mha4j.decision.online;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.ServerId;
import io.mha4j.scenario.Scenario;
import io.mha4j.topology.Prior;
import io.mha4j.topology.ReplicaStatus.Filters;
import io.mha4j.topology.TreeRules;
import io.mha4j.topology.details.Activity;
import io.mha4j.topology.details.Activity.Session;
import io.mha4j.topology.details.Activity.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What servers may be busy with when they are switched, and what not; defaults of the limits: 1 s and 10 s. */
final class OnlineChecksTest {
    private final Scenario scenario =
            Scenario.of("servers", "  a  source", "  b  replica  read_only=1", "  c  replica  read_only=1");
    private final ServerId next = scenario.id("b");
    private final OnlineChecks checks = checks(OnlineWishes.DEFAULT);

    private OnlineChecks checks(OnlineWishes wishes) {
        return new OnlineChecks(TreeRules.read(scenario.application(), scenario.snapshot(), Prior.NOTHING)
                .match(t -> new OnlineFacts(scenario.application(), t, wishes), reasons -> {
                    throw new AssertionError(reasons);
                }));
    }

    private static Session session(String command, int seconds, String text) {
        return new Session(7, "app", "10.0.0.9:41", command, Duration.ofSeconds(seconds), "", text);
    }

    private static Activity busyWith(Session session) {
        return new Activity(List.of(session), List.of(), List.of(), List.of());
    }

    @Test
    void an_update_is_too_long_from_two_seconds_on() {
        assertThat(checks.oldSource(busyWith(session("Query", 1, "update t set a=1"))))
                .isEmpty();
        assertThat(checks.oldSource(busyWith(session("Query", 2, "update t\n set a=1"))))
                .extracting(Objection::sentence)
                .singleElement()
                .asString()
                .contains("connection 7 of 'app'@'10.0.0.9:41', Query for 2 s: update t set a=1");
    }

    @Test
    void reading_and_sleeping_sessions_are_in_nobodys_way_on_the_old_source() {
        assertThat(checks.oldSource(busyWith(session("Query", 90, "  select sleep(90)"))))
                .isEmpty();
        assertThat(checks.oldSource(busyWith(session("Query", 90, "SHOW STATUS"))))
                .isEmpty();
        assertThat(checks.oldSource(busyWith(session("Sleep", 90, "")))).isEmpty();
    }

    @Test
    void one_that_reads_tables_for_long_keeps_them_from_being_locked() {
        Activity reads = busyWith(session("Query", 5, "select sleep(90)\nfrom t"));
        assertThat(checks.oldSource(reads))
                .extracting(Objection::sentence)
                .singleElement()
                .asString()
                .contains(
                        "could not be locked while this reads tables: connection 7 of 'app'@'10.0.0.9:41', Query for 5 s");
        assertThat(checks.oldSource(busyWith(session("Query", 4, "select 1 from t"))))
                .isEmpty();
        OnlineWishes.Limits patient =
                new OnlineWishes.Limits(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30));
        assertThat(checks(new OnlineWishes(Optional.empty(), false, true, true, false, patient))
                        .oldSource(reads))
                .isEmpty();
        assertThat(checks(new OnlineWishes(Optional.empty(), false, false, true, false, OnlineWishes.Limits.DEFAULT))
                        .oldSource(reads))
                .isEmpty();
    }

    @Test
    void any_statement_of_ten_seconds_is_too_long_on_the_new_source() {
        assertThat(checks.newSource(next, busyWith(session("Query", 9, "select sleep(90)"))))
                .isEmpty();
        assertThat(checks.newSource(next, busyWith(session("Query", 10, "select sleep(90)"))))
                .hasSize(1);
        assertThat(checks.newSource(next, busyWith(session("Sleep", 900, "")))).isEmpty();
    }

    @Test
    void an_idle_transaction_that_changed_rows_counts_as_an_update() {
        Activity young =
                new Activity(List.of(), List.of(new Transaction(8, Duration.ofSeconds(1), 5)), List.of(), List.of());
        Activity old =
                new Activity(List.of(), List.of(new Transaction(8, Duration.ofSeconds(2), 5)), List.of(), List.of());
        assertThat(checks.oldSource(young)).isEmpty();
        assertThat(checks.oldSource(old)).hasSize(1);
    }

    @Test
    void prepared_transactions_and_backups_forbid_it() {
        assertThat(checks.oldSource(new Activity(List.of(), List.of(), List.of("x1"), List.of())))
                .extracting(Objection::sentence)
                .singleElement()
                .asString()
                .contains("prepared XA transaction x1");
        Activity backup = new Activity(List.of(), List.of(), List.of(), List.of("connection 9 holds the backup lock"));
        assertThat(checks.oldSource(backup)).hasSize(1);
        assertThat(checks.newSource(next, backup)).hasSize(1);
    }

    @Test
    void filters_that_only_a_replica_tells_are_announced_where_the_old_source_is_to_be_one() {
        OnlineChecks rejoining =
                checks(new OnlineWishes(Optional.empty(), true, true, true, false, OnlineWishes.Limits.DEFAULT));
        assertThat(rejoining.filtersShowLate(Optional.empty())).isTrue();
        assertThat(rejoining.filtersShowLate(Optional.of(Filters.NONE))).isFalse();
        assertThat(checks.filtersShowLate(Optional.empty())).isFalse();
    }
}
