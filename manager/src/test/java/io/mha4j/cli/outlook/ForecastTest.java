package io.mha4j.cli.outlook;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.ServerId;
import io.mha4j.decision.FailoverWishes;
import io.mha4j.decision.check.Check;
import io.mha4j.decision.check.CheckFinding;
import io.mha4j.decision.rehearsal.Estimate;
import io.mha4j.decision.rehearsal.Pace;
import io.mha4j.scenario.Scenario;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.Prior;
import io.mha4j.topology.Replica;
import io.mha4j.topology.TreeRules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ForecastTest {
    private static final Optional<String> REACHED = Optional.empty();
    private static final Optional<String> SILENT = Optional.of("no answer");

    private static Forecast of(Optional<String> unreached, FailoverWishes wishes, String... servers) {
        Scenario scenario = Scenario.of(servers);
        ManagedTree tree = (ManagedTree) TreeRules.read(scenario.application(), scenario.snapshot(), Prior.NOTHING);
        return new Forecast(scenario.application(), tree, unreached, wishes);
    }

    private static Optional<String> refusal(Optional<String> unreached, String... servers) {
        return of(unreached, FailoverWishes.DEFAULT, servers).refusal(List.of());
    }

    private static FailoverWishes forcing(String host) {
        return FailoverWishes.DEFAULT.forcing(new FailoverWishes.HostPort(host, 3306));
    }

    @Test
    void a_tree_that_could_fail_over_is_not_refused() {
        assertThat(refusal(REACHED, "servers", "  a  source", "  b  replica")).isEmpty();
    }

    @Test
    void a_proof_that_could_not_be_had_forbids_it() {
        String[] servers = {"servers require_fence=1", "  a  source", "  b  replica"};
        assertThat(refusal(REACHED, servers)).isEmpty();
        assertThat(refusal(SILENT, servers).orElseThrow())
                .contains("require_fence=1", "SSH to its host does not answer", "no shutdown_script");
        assertThat(refusal(REACHED, "servers require_fence=1 fence=none", "  a  source", "  b  replica")
                        .orElseThrow())
                .contains("fence=none");
    }

    @Test
    void a_log_that_must_be_read_and_could_not_be_forbids_it() {
        String[] servers = {"servers on_unreadable_tail=stop", "  a  source", "  b  replica"};
        assertThat(refusal(REACHED, servers)).isEmpty();
        assertThat(refusal(SILENT, servers).orElseThrow()).contains("on_unreadable_tail=stop", "[binlogN]");
    }

    @Test
    void a_new_master_that_was_asked_for_and_cannot_be_it_forbids_it() {
        String[] servers = {"servers", "  a  source", "  b  replica", "  c  replica no_master=1"};
        assertThat(of(REACHED, forcing("b"), servers).refusal(List.of())).isEmpty();
        assertThat(of(REACHED, forcing("bb"), servers).refusal(List.of()).orElseThrow())
                .contains("bb:3306 was asked for, but it is no living replica");
        assertThat(of(REACHED, forcing("c"), servers).refusal(List.of()).orElseThrow())
                .contains("c:3306 was asked for, but it cannot be promoted: no_master=1");
    }

    @Test
    void none_that_is_near_enough_forbids_it() {
        assertThat(refusal(
                                REACHED,
                                "servers",
                                "  a  source log_bin=bin.000001:300000000",
                                "  b  replica read=bin.000001:300000000 applied=bin.000001:1000")
                        .orElseThrow())
                .contains("none of the replicas can be the new source", "bytes left to execute");
    }

    @Test
    void what_a_finding_tells_is_not_told_again() {
        Forecast forecast = of(
                REACHED, FailoverWishes.DEFAULT, "servers require_fence=1 fence=none", "  a  source", "  b  replica");
        assertThat(forecast.refusal(List.of(CheckFinding.general(Check.FENCE, "cause", "cure"))))
                .isEmpty();
        assertThat(forecast.refusal(List.of(CheckFinding.general(Check.FILTERS, "cause", "cure"))))
                .isPresent();
    }

    @Test
    void a_binary_log_that_nobody_is_to_read_saves_nothing() {
        FailoverWishes unread = new FailoverWishes(Optional.empty(), true, true, true, false);
        String[] servers = {"servers", "  a  source", "  b  replica"};
        assertThat(of(REACHED, unread, servers).loss())
                .isEqualTo("what no slave has received by then, because of --skip_save_master_binlog");
        assertThat(of(REACHED, FailoverWishes.DEFAULT, servers).loss()).startsWith("nothing, if");
        assertThat(of(SILENT, FailoverWishes.DEFAULT, servers).loss())
                .startsWith("what no slave has received by then, because");
    }

    @Test
    void what_no_replica_has_received_is_counted() {
        Forecast byGtid = of(
                REACHED,
                FailoverWishes.DEFAULT,
                "servers gtid=on",
                "  a  source   executed=a:1-20 log_bin=bin.000007:1000",
                "  b  replica  read=bin.000007:900 retrieved=a:1-12 executed=a:1-9",
                "  c  replica  read=bin.000007:650 retrieved=a:1-7 executed=a:1-14");
        assertThat(Unreceived.of(byGtid.facts()).sentence()).isEqualTo("6 transactions, 100 bytes of binary log");

        String[] byPlace = {
            "servers",
            "  a  source   log_bin=bin.000007:1000",
            "  b  replica  read=bin.000007:1000 applied=bin.000007:900"
        };
        assertThat(Unreceived.of(of(REACHED, FailoverWishes.DEFAULT, byPlace).facts()))
                .isEqualTo(new Unreceived(Optional.empty(), Optional.of(0L)));
        byPlace[2] = "  b  replica  read=bin.000006:4000";
        assertThat(Unreceived.of(of(REACHED, FailoverWishes.DEFAULT, byPlace).facts())
                        .sentence())
                .isEqualTo("an amount of binary log that is not known");
        assertThat(new Unreceived(Optional.of(8L), Optional.of(0L)).sentence()).isEqualTo("8 transactions");
    }

    @Test
    void how_long_a_failover_takes_follows_from_how_fast_servers_answer() {
        Forecast forecast = of(
                REACHED,
                FailoverWishes.DEFAULT,
                "servers",
                "  a  source   log_bin=bin.000007:1000",
                "  b  replica  read=bin.000007:900 applied=bin.000007:900",
                "  c  replica  read=bin.000007:900 applied=bin.000007:900");
        Duration slow = Duration.ofMillis(100);
        Map<ServerId, Duration> all =
                forecast.facts().tree().replicas().stream().collect(Collectors.toMap(Replica::id, replica -> slow));

        Estimate fast =
                forecast.time(new Pace(Map.of(), Map.of(), Optional.empty())).orElseThrow();
        Estimate more = forecast.time(new Pace(all, all, Optional.of(slow))).orElseThrow();

        assertThat(more.known()).isGreaterThan(fast.known().plus(slow));
    }

    @Test
    void what_is_not_to_happen_takes_no_time() {
        Forecast forecast = of(REACHED, FailoverWishes.DEFAULT, "servers", "  a  source", "  b  replica no_master=1");

        assertThat(forecast.time(new Pace(Map.of(), Map.of(), Optional.empty())))
                .isEmpty();
    }
}
