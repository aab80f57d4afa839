package io.mha4j.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.config.ServerSettings;
import io.mha4j.decision.World.Health;
import io.mha4j.decision.World.Replica;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FailoverPlannerTest {
    private static World byPosition(Replica... replicas) {
        return new World(false, 9, List.of(replicas), FailoverWishes.DEFAULT);
    }

    private static World byGtid(Replica... replicas) {
        return new World(true, 9, List.of(replicas), FailoverWishes.DEFAULT);
    }

    private static FakeCluster ended(World world) {
        FakeCluster cluster = FakeCluster.of(world);
        assertThat(cluster.runFailover()).isInstanceOf(Next.Finished.class);
        return cluster;
    }

    @Test
    void the_first_of_equals_in_section_order_is_promoted() {
        FailoverSummary end = ended(byPosition(Replica.at(9), Replica.at(9))).summary();
        assertThat(end.newSource()).isEqualTo(World.id(1));
        assertThat(end.following()).containsExactly(World.id(2));
        assertThat(end.complete()).isTrue();
    }

    @Test
    void a_candidate_master_among_the_latest_is_preferred() {
        assertThat(ended(byPosition(Replica.at(9), Replica.at(9).asPreferred()))
                        .summary()
                        .newSource())
                .isEqualTo(World.id(2));
    }

    @Test
    void no_master_bars_even_the_only_latest_one_whose_relay_logs_level_the_other() {
        FakeCluster cluster = ended(byPosition(Replica.at(9).asBarred(), Replica.at(7)));
        assertThat(cluster.summary().newSource()).isEqualTo(World.id(2));
        assertThat(steps(cluster)).contains(new Step.SaveRelayLog(World.id(1), World.sourcePosition(7)));
    }

    @Test
    void nobody_is_promoted_who_lacks_what_a_barred_one_received_and_no_longer_keeps() {
        Next end = FakeCluster.of(byPosition(Replica.at(9).asBarred().keepingFrom(8), Replica.at(7)))
                .runFailover();
        assertThat(((Next.Stuck) end).why())
                .contains("no_master=1", "read up to bin.000001:704 and cannot be levelled", "relay logs of host1")
                .containsPattern(
                        "to go on without what only host1\\(\\S+\\) received, take that out of \\S+ and start the"
                                + " failover again with --ignore_last_failover$");
    }

    @Test
    void what_strayed_into_a_mariadb_is_not_waited_for_as_it_need_not_be_in_its_log() {
        Replica strayed = Replica.at(9).with(new World.Stray(1, false));
        World.Setting mariadb = new World.Setting(true, ServerSettings.FenceWay.SSH, false, false, false);
        World world = new World(
                true,
                9,
                List.of(strayed.asBarred(), strayed.asPreferred(), Replica.at(7)),
                FailoverWishes.DEFAULT,
                new World.Log(false, 0, 0),
                mariadb);
        assertThat(steps(ended(world))).contains(new Step.AwaitSync(World.id(3), world.executed(9)));
    }

    @Test
    void what_strayed_in_and_cannot_be_fetched_keeps_nobody_from_being_promoted() {
        Replica strayed = Replica.at(9).asBarred().with(new World.Stray(1, false));
        World world = byGtid(Replica.at(9), strayed, strayed);
        Step fetch = new Step.CatchUp(World.id(1), World.id(2), world.executed(9, Set.of(1)));
        FakeCluster cluster = FakeCluster.of(world).failingAt(Set.of(fetch));
        assertThat(cluster.runFailover()).isInstanceOf(Next.Finished.class);
        assertThat(steps(cluster)).contains(fetch);
        assertThat(cluster.summary().newSource()).isEqualTo(World.id(1));
        assertThat(cluster.summary().verdict().sentence())
                .contains(world.stray(1).toString());
    }

    @Test
    void nobody_waits_for_a_copy_of_what_a_delayed_replica_holds_back() {
        Replica delayed = Replica.at(9).applying(2).with(Health.DELAYED);
        for (World world : List.of(byPosition(Replica.at(8), delayed), byGtid(Replica.at(8), delayed))) {
            FakeCluster cluster = ended(world.with(World.Log.WHOLE));
            assertThat(steps(cluster))
                    .contains(new Step.SaveTail(World.id(0), World.sourcePosition(8)))
                    .doesNotContain(new Step.SaveTail(World.id(0), World.sourcePosition(2)));
        }
    }

    @Test
    void one_that_is_delayed_gets_what_it_holds_back_from_its_own_relay_log_where_that_is_wished() {
        Replica delayed = Replica.at(9).applying(2).with(Health.DELAYED_NOT_SPARED);
        Step own = new Step.SaveRelayLog(World.id(2), World.sourcePosition(2));
        for (World.Log log : List.of(World.Log.WHOLE, new World.Log(false, 0, 0))) {
            FakeCluster cluster = ended(byPosition(Replica.at(8), delayed).with(log));
            assertThat(steps(cluster))
                    .contains(own)
                    .doesNotContain(new Step.ApplyRelayLog(World.id(2)))
                    .doesNotContain(new Step.SaveTail(World.id(0), World.sourcePosition(2)));
            assertThat(cluster.summary().following()).containsExactly(World.id(2));
            assertThat(cluster.diverged()).isEmpty();
            assertThat(cluster.violations()).isEmpty();
        }
    }

    @Test
    void one_that_is_delayed_needs_no_relay_log_where_the_old_sources_log_was_saved_from_there() {
        World world =
                byPosition(Replica.at(9).applying(2), Replica.at(9).applying(2).with(Health.DELAYED_NOT_SPARED));
        FakeCluster cluster = ended(world.with(World.Log.WHOLE));
        assertThat(steps(cluster))
                .noneMatch(s -> s instanceof Step.SaveRelayLog)
                .contains(new Step.Level(World.id(2), "tail from 2", World.sourcePosition(9)));
        assertThat(cluster.summary().following()).containsExactly(World.id(2));
    }

    @Test
    void the_old_sources_log_gives_everybody_what_no_replica_received() {
        FakeCluster cluster =
                ended(byPosition(Replica.at(6), Replica.at(8).applying(3)).with(World.Log.WHOLE));
        FailoverSummary end = cluster.summary();
        assertThat(steps(cluster)).contains(new Step.SaveTail(World.id(0), World.sourcePosition(3)));
        assertThat(end.newSource()).isEqualTo(World.id(2));
        assertThat(end.following()).containsExactly(World.id(1));
        assertThat(end.verdict()).isInstanceOf(LossVerdict.None.class);
        assertThat(cluster.diverged()).isEmpty();
    }

    @Test
    void by_gtid_the_log_is_searched_for_what_one_lacks_that_does_not_say_how_far_it_is() {
        World world = byGtid(Replica.at(3).with(Health.NO_PLACE).asPreferred(), Replica.at(7))
                .with(World.Log.WHOLE);
        FakeCluster cluster = ended(world);
        assertThat(steps(cluster))
                .containsSubsequence(
                        new Step.FindTail(World.id(0), List.of(World.gtids(3))),
                        new Step.SaveTail(World.id(0), World.sourcePosition(0)),
                        new Step.Level(World.id(1), "tail from 0", World.sourcePosition(9)));
        assertThat(cluster.summary().verdict()).isInstanceOf(LossVerdict.None.class);
        assertThat(cluster.diverged()).isEmpty();
    }

    @Test
    void where_that_is_not_found_the_rest_of_the_log_levels_nobody_who_may_lack_what_is_before_it() {
        World world = byGtid(Replica.at(3).with(Health.NO_PLACE).asPreferred(), Replica.at(7))
                .with(new World.Log(true, 5, 0));
        FakeCluster cluster = ended(world);
        assertThat(cluster.summary().newSource()).isEqualTo(World.id(1));
        assertThat(steps(cluster))
                .containsSubsequence(
                        new Step.SaveTail(World.id(0), World.sourcePosition(7)),
                        new Step.CatchUp(World.id(1), World.id(2), World.gtids(7)),
                        new Step.Level(World.id(1), "tail from 7", World.sourcePosition(9)));
        assertThat(cluster.diverged()).isEmpty();
    }

    @Test
    void relay_logs_bridge_the_gap_to_an_old_sources_log_whose_beginning_is_gone() {
        World world = byPosition(Replica.at(2).asPreferred(), Replica.at(6)).with(new World.Log(true, 5, 0));
        FakeCluster cluster = ended(world);
        assertThat(cluster.summary().newSource()).isEqualTo(World.id(1));
        assertThat(steps(cluster))
                .containsSubsequence(
                        new Step.SaveTail(World.id(0), World.sourcePosition(2)),
                        new Step.SaveTail(World.id(0), World.sourcePosition(6)),
                        new Step.SaveRelayLog(World.id(2), World.sourcePosition(2)));
        assertThat(cluster.summary().verdict()).isInstanceOf(LossVerdict.None.class);
    }

    @Test
    void a_log_that_could_not_be_read_as_far_as_its_replicas_is_read_from_the_furthest_of_them() {
        Step save = new Step.SaveTail(World.id(0), World.sourcePosition(2));
        StepResult brokenOff = new StepResult.Saved(
                "tail from 2",
                World.sourcePosition(2),
                World.sourcePosition(4),
                World.sourcePosition(4),
                200,
                2,
                Optional.empty(),
                Optional.of("cut off: 300 bytes of bin.000001 from offset 404 on: Input/output error"),
                true,
                StepResult.Writer.UNKNOWN,
                StepResult.Restart.NO);
        FakeCluster cluster = FakeCluster.of(
                        byPosition(Replica.at(2).asPreferred(), Replica.at(6)).with(World.Log.WHOLE))
                .answering(save, brokenOff);
        assertThat(cluster.runFailover()).isEqualTo(new Next.Finished(World.id(1)));
        assertThat(steps(cluster))
                .containsSubsequence(
                        save,
                        new Step.SaveTail(World.id(0), World.sourcePosition(6)),
                        new Step.SaveRelayLog(World.id(2), World.sourcePosition(2)));
        assertThat(cluster.summary().verdict()).isInstanceOf(LossVerdict.None.class);
        assertThat(cluster.violations()).isEmpty();
    }

    @Test
    void an_old_source_that_lost_more_than_its_replicas_is_no_proof() {
        World world = byPosition(Replica.at(9), Replica.at(7)).with(new World.Log(true, 0, 2));
        assertThat(ended(world).summary().verdict().sentence())
                .isEqualTo("unknown: the old source's binary log was read to bin.000001:704, which is less than a"
                        + " replica had received: its end was lost; it is fenced: nothing came back");
    }

    @Test
    void nor_is_one_whose_log_ends_with_half_a_transaction_and_what_they_received_counts() {
        Step save = new Step.SaveTail(World.id(0), World.sourcePosition(0));
        StepResult torn = new StepResult.Saved(
                "tail from 0",
                World.sourcePosition(0),
                World.sourcePosition(7),
                World.sourcePosition(7),
                700,
                7,
                Optional.empty(),
                Optional.of("cut off: a torn event of 20 bytes"),
                false,
                StepResult.Writer.GONE,
                StepResult.Restart.NO);
        FakeCluster cluster = FakeCluster.of(
                        byPosition(Replica.at(3).asPreferred(), Replica.at(9).applying(0))
                                .with(new World.Log(true, 0, 2)))
                .answering(save, torn);
        assertThat(cluster.runFailover()).isEqualTo(new Next.Finished(World.id(1)));
        assertThat(cluster.violations()).isEmpty();
        assertThat(cluster.summary().coordinates().orElseThrow().offset()).isEqualTo(4 + 10L * 9);
        assertThat(cluster.summary().verdict().sentence()).contains("its end was lost");
    }

    @Test
    void the_log_is_saved_before_the_old_source_is_shut_down() {
        FakeCluster cluster = ended(byPosition(Replica.at(9), Replica.at(9)).with(World.Log.WHOLE));
        assertThat(steps(cluster))
                .containsSubsequence(
                        new Step.WithdrawAddress(World.id(0), true),
                        new Step.SaveTail(World.id(0), World.sourcePosition(9)),
                        new Step.ShutDown(World.id(0), true));
    }

    @Test
    void a_replica_that_cannot_be_levelled_is_left_behind_by_name_and_the_others_move() {
        World world = byPosition(Replica.at(9), Replica.at(6), Replica.at(9)).with(World.Log.WHOLE);
        Step level = new Step.Level(World.id(2), "tail from 6", World.sourcePosition(9));
        FakeCluster cluster = FakeCluster.of(world).failingAt(Set.of(level));
        cluster.runFailover();
        assertThat(cluster.summary().following()).containsExactly(World.id(3));
        assertThat(cluster.summary().leftBehind()).containsEntry(World.id(2), "made to fail");
    }

    private static List<Step> steps(FakeCluster cluster) {
        return cluster.facts().progress().outcomes().stream().map(Outcome::step).toList();
    }

    @Test
    void by_gtid_a_candidate_that_is_behind_catches_up_first() {
        FakeCluster cluster = ended(byGtid(Replica.at(5).asPreferred(), Replica.at(9)));
        assertThat(cluster.summary().newSource()).isEqualTo(World.id(1));
        assertThat(cluster.facts().progress().outcomes().stream().map(Outcome::step))
                .contains(new Step.CatchUp(World.id(1), World.id(2), World.gtids(9)));
    }

    @Test
    void by_gtid_relay_logs_help_where_nobody_that_has_everything_logs_what_it_applies() {
        World world = byGtid(Replica.at(5).asPreferred(), Replica.at(9).with(Health.NOT_LOGGING_UPDATES));
        FakeCluster cluster = ended(world);
        assertThat(cluster.summary().newSource()).isEqualTo(World.id(1));
        assertThat(steps(cluster)).contains(new Step.SaveRelayLog(World.id(2), World.sourcePosition(5)));
    }

    @Test
    void by_position_a_replica_that_received_less_is_levelled_from_relay_logs_before_it_moves() {
        FakeCluster cluster = ended(byPosition(Replica.at(9), Replica.at(6), Replica.at(9)));
        assertThat(cluster.summary().following()).containsExactly(World.id(2), World.id(3));
        assertThat(cluster.summary().complete()).isTrue();
    }

    @Test
    void it_is_not_complete_while_the_new_source_still_has_the_settings_of_the_dead_one() {
        World world = byPosition(Replica.at(9), Replica.at(6), Replica.at(9));
        FakeCluster cluster = FakeCluster.of(world).failingAt(Set.of(new Step.Detach(World.id(1), false)));
        assertThat(cluster.runFailover()).isEqualTo(new Next.Finished(World.id(1)));
        assertThat(cluster.summary().following()).containsExactly(World.id(2), World.id(3));
        assertThat(cluster.summary().complete()).isFalse();
    }

    @Test
    void by_position_a_replica_that_received_less_is_named_and_left_alone_when_nobody_keeps_what_it_lacks() {
        FailoverSummary end = ended(byPosition(
                        Replica.at(9).keepingFrom(9),
                        Replica.at(6),
                        Replica.at(9).keepingFrom(7)))
                .summary();
        assertThat(end.following()).containsExactly(World.id(3));
        assertThat(end.leftBehind()).containsOnlyKeys(World.id(2));
        assertThat(end.complete()).isFalse();
    }

    @Test
    void the_next_best_is_tried_when_the_chosen_one_cannot_be_levelled() {
        World world = byPosition(Replica.at(9), Replica.at(9), Replica.at(9));
        FakeCluster cluster = FakeCluster.of(world).failingAt(Set.of(new Step.ApplyRelayLog(World.id(1))));
        assertThat(cluster.runFailover()).isEqualTo(new Next.Finished(World.id(2)));
        assertThat(cluster.mostWritable()).isEqualTo(1);
    }

    @Test
    void nobody_else_is_opened_once_the_address_was_to_be_moved() {
        World world = byPosition(Replica.at(9), Replica.at(9));
        FakeCluster cluster = FakeCluster.of(world).failingAt(Set.of(new Step.AssignAddress(World.id(1), World.id(0))));
        assertThat(cluster.runFailover()).isEqualTo(new Next.Stuck("made to fail"));
        assertThat(cluster.mostWritable()).isZero();
    }

    @Test
    void a_script_that_does_not_take_the_address_away_stops_everything_before_a_server_is_opened() {
        World world = byPosition(Replica.at(9), Replica.at(9));
        FakeCluster cluster = FakeCluster.of(world).failingAt(Set.of(new Step.WithdrawAddress(World.id(0), false)));
        assertThat(cluster.runFailover()).isInstanceOf(Next.Stuck.class);
        assertThat(cluster.mostWritable()).isZero();
    }

    @Test
    void another_dead_server_forbids_the_failover_unless_it_may_be_ignored() {
        Replica dead = Replica.at(9).with(Health.DEAD);
        assertThat(FakeCluster.of(byPosition(Replica.at(9), dead)).runFailover())
                .isInstanceOf(Next.Refused.class);
        Replica ignorable = new Replica(9, 9, false, false, true, Health.DEAD, 0);
        assertThat(ended(byPosition(Replica.at(9), ignorable)).summary().complete())
                .isFalse();
    }

    @Test
    void a_forced_new_source_must_be_eligible() {
        FailoverWishes wish =
                new FailoverWishes(Optional.of(new FailoverWishes.HostPort("host2", 3306)), true, true, true, true);
        World good = new World(false, 9, List.of(Replica.at(9), Replica.at(9)), wish);
        assertThat(FakeCluster.of(good).runFailover()).isEqualTo(new Next.Finished(World.id(2)));
        World barred = new World(false, 9, List.of(Replica.at(9), Replica.at(9).asBarred()), wish);
        Next end = FakeCluster.of(barred).runFailover();
        assertThat(((Next.Refused) end).why().sentence())
                .isEqualTo("new source host2:3306 was asked for, but it cannot be promoted: no_master=1; name another"
                        + " or none");
    }

    @Test
    void replicas_stay_where_they_are_when_the_operator_says_so() {
        World world = new World(
                false,
                9,
                List.of(Replica.at(9), Replica.at(9)),
                new FailoverWishes(Optional.empty(), false, false, true, true));
        FakeCluster cluster = ended(world);
        assertThat(cluster.facts().progress().outcomes().stream().map(Outcome::step))
                .noneMatch(
                        s -> s instanceof Step.Repoint || s instanceof Step.Detach || s instanceof Step.MakeWritable);
    }

    @Test
    void the_verdict_names_the_place_up_to_which_anything_is_known() {
        assertThat(ended(byPosition(Replica.at(9), Replica.at(4)))
                        .summary()
                        .verdict()
                        .sentence())
                .isEqualTo("unknown: the old source's binary log past bin.000001:904 was not read: SSH to its host does"
                        + " not answer; whether it is fenced is unknown: SSH to its host does not answer");
    }

    @Test
    void one_with_a_new_source_that_takes_no_writes_at_the_end_is_not_complete() {
        Step confirm = new Step.ConfirmOpen(World.id(1));
        FakeCluster cluster =
                FakeCluster.of(byPosition(Replica.at(9), Replica.at(9))).failingAt(Set.of(confirm));
        assertThat(cluster.runFailover()).isEqualTo(new Next.Finished(World.id(1)));
        assertThat(cluster.summary().newSourceLost()).contains("made to fail");
        assertThat(cluster.summary().complete()).isFalse();
    }

    @Test
    void without_a_binary_log_nobody_is_promoted() {
        Next end =
                FakeCluster.of(byPosition(Replica.at(9).with(Health.NO_BINLOG))).runFailover();
        assertThat(((Next.Refused) end).why().sentence()).contains("log_bin is off");
    }
}
