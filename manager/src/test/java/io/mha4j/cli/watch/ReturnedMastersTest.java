package io.mha4j.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.cli.rejoin.Homecoming;
import io.mha4j.report.trouble.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What is done with an old master that takes no writes and is to be attached by nobody. */
final class ReturnedMastersTest extends ReturnedMasters {
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
        for (int looks = 0; looks < 10; looks++) {
            now = now.plusSeconds(200);
            look.bringsHome();
            beside.forEach(Runnable::run);
            beside.clear();
        }
        look.bringsHome();
        assertThat(log()).doesNotContain("holds nothing").contains("was not compared: it is older");
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
    void what_only_one_look_at_the_servers_refused_is_tried_again() {
        List<String> looked = new ArrayList<>();
        comparison = () -> looked.size() > 1 ? EQUAL : new Homecoming.End.Refused("no other server is a master");
        Look look = new Look("  a  source read_only=1", "  b  source");
        for (long second = 0; second < 60; second++) {
            now = Duration.ofSeconds(second);
            look.bringsHome();
            if (compared.size() > looked.size()) {
                looked.add("again");
            }
        }
        assertThat(compared).hasSize(3);
        assertThat(log()).containsSubsequence("waits to be compared: no other server", "holds nothing");
        assertThat(rung).isEmpty();
    }

    @Test
    void who_diverges_a_second_time_calls_people_a_second_time() {
        comparison = () -> diverged(Optional.empty());
        Look look = new Look("  a  source read_only=1", "  b  source");
        look.bringsHome();
        for (Supplier<Homecoming.End> next :
                List.<Supplier<Homecoming.End>>of(() -> EQUAL, () -> diverged(Optional.empty()))) {
            comparison = next;
            written = written + "-anew";
            now = now.plus(Duration.ofMinutes(11));
            look.returns();
        }
        assertThat(rung).containsExactly("old master has diverged", "old master has diverged");
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
}
