package io.mha4j.cli.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.report.json.JsonForm;
import io.mha4j.scenario.Scenario;
import io.mha4j.topology.Prior;
import io.mha4j.topology.TreeRules;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The tree as people and programs see it. */
final class TreeViewTest {
    private static TreeView view(String... lines) {
        return view(Optional.empty(), lines);
    }

    private static TreeView view(Optional<String> paused, String... lines) {
        Scenario scenario = Scenario.of(lines);
        return TreeView.of(
                scenario.application(),
                paused,
                TreeRules.read(scenario.application(), scenario.snapshot(), Prior.NOTHING)
                        .match(t -> t, reasons -> {
                            throw new AssertionError(reasons);
                        }));
    }

    @Test
    void a_line_for_each_server_with_lag_and_flags() {
        assertThat(view(
                                "servers  multi_tier_slave=1",
                                "  a  source",
                                "  b  replica  lag=7 candidate_master=1",
                                "  c  replica  of=b",
                                "  d  replica  sql=error:1062 delay=60 lag=null",
                                "  e  replica  unreachable ignore_fail=1")
                        .lines())
                .containsExactly(
                        "a(10.0.0.1:3306)  source, 8.0.15, writable",
                        " +--b(10.0.0.2:3306)  8.0.15, read-only, 7 s behind, candidate_master",
                        "     +--c(10.0.0.3:3306)  8.0.15, read-only, 0 s behind",
                        " +--d(10.0.0.4:3306)  8.0.15, read-only, SQL thread: No (error 1062), delayed by 60 s",
                        "e(10.0.0.5:3306)  missing, connection refused, ignore_fail");
    }

    @Test
    void a_pause_is_shown_below_the_tree() {
        TreeView view =
                view(Optional.of("acting is paused since noon (new disks)"), "servers", "  a  source", "  b  replica");

        assertThat(view.lines()).hasSize(3).last().isEqualTo("acting is paused since noon (new disks)");
        assertThat(new JsonForm().line(view)).contains("\"paused\":\"acting is paused since noon (new disks)\"");
    }

    @Test
    void gtids_tell_what_a_replica_lacks() {
        assertThat(view(
                                "servers  gtid=on auto_position=1",
                                "  a  source   executed=a:1-10",
                                "  b  replica  executed=a:1-7")
                        .lines())
                .last()
                .asString()
                .endsWith("lacks 3 transactions");
    }

    @Test
    void a_replica_that_may_be_a_source_which_was_reset_is_called_that() {
        String started = " +--c(10.0.0.3:3306)  8.0.15, read-only, 0 s behind";
        assertThat(view(
                                "servers  gtid=on auto_position=1",
                                "  a  source",
                                "  b  replica  read=none io=no sql=no lag=null",
                                "  c  replica")
                        .lines())
                .contains(
                        " +--b(10.0.0.2:3306)  8.0.15, read-only, IO thread: No, SQL thread: No,"
                                + " has received nothing: not started yet, or a master that was reset (RESET SLAVE)",
                        started);
    }

    @Test
    void one_transaction_is_one() {
        assertThat(view(
                                "servers  gtid=on auto_position=1",
                                "  a  source   executed=a:1-10",
                                "  b  replica  executed=a:1-9")
                        .lines())
                .last()
                .asString()
                .endsWith("lacks 1 transaction");
    }

    @Test
    void json_names_every_server_and_whom_it_follows() {
        String json = new JsonForm().pretty(view("servers", "  a  source", "  b  replica"));
        assertThat(json).contains("\"follows\" : \"a(10.0.0.1:3306)\"").contains("\"role\" : \"source\"");
    }
}
