package io.mha4j.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.GtidSet;
import io.mha4j.binlog.Gtids;
import io.mha4j.binlog.MariadbGtids;
import io.mha4j.config.ServerSettings;
import io.mha4j.decision.StepResult.Fence;
import io.mha4j.decision.StepResult.Fenced;
import io.mha4j.decision.World.Replica;
import io.mha4j.scenario.Scenario;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.ServerFacts;
import io.mha4j.topology.details.SourceStatus;
import io.mha4j.topology.details.SourceStatus.Acknowledging;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the last look at a living source adds, where its binary log was not read: its host is off. */
final class LastStatusVerdictTest {
    private static final ServerId OLD = World.id(0);
    private static final Step SHUT_DOWN = new Step.ShutDown(OLD, false);
    private static final Step FENCE = new Step.Fence(OLD);
    private static final Step AWAIT = new Step.AwaitFence(OLD);
    /** Nobody acknowledged, so that everything waits. */
    private static final Acknowledging WAITING =
            new Acknowledging(true, true, true, Duration.ofSeconds(10), 1, 0, Duration.ZERO);

    private static final Acknowledging BY_TWO =
            new Acknowledging(true, true, true, Duration.ofSeconds(10), 1, 2, Duration.ZERO);

    private static LossVerdict verdict(boolean gtids, int exit, SourceStatus status) {
        FakeCluster cluster = cluster(gtids).answering(SHUT_DOWN, new StepResult.HookAnswer(exit));
        assertThat(cluster.runFailover()).isInstanceOf(Next.Finished.class);
        return judged(cluster.facts(), status, "unknown");
    }

    /** Its host does not answer over SSH. */
    private static FakeCluster cluster(boolean gtids) {
        return cluster(gtids, new World.Log(false, 0, 0), true);
    }

    /** Its host answers, and its log was purged behind all that replicas received. */
    private static FakeCluster fencedOverSsh() {
        return cluster(false, new World.Log(true, 8, 0), false);
    }

    private static FakeCluster cluster(boolean gtids, World.Log log, boolean cutsPower) {
        World.Setting setting = new World.Setting(false, ServerSettings.FenceWay.SSH, false, true, false, cutsPower);
        return FakeCluster.of(
                new World(gtids, 9, List.of(Replica.at(6), Replica.at(6)), FailoverWishes.DEFAULT, log, setting));
    }

    /** With replicas that the sweep saw so. */
    private static LossVerdict judged(FailoverFacts f, SourceStatus status, String semisync) {
        boolean gtids = f.usesGtids();
        ManagedTree tree = f.tree();
        Scenario swept = Scenario.of(
                "servers", "  a  source", "  b  replica semisync=" + semisync, "  c  replica semisync=" + semisync);
        List<io.mha4j.topology.Replica> replicas = tree.replicas().stream()
                .map(r -> new io.mha4j.topology.Replica(
                        r.id(), swept.truthOf(r.id().order() == 1 ? "b" : "c"), r.status()))
                .toList();
        return new FailoverPlanner()
                .verdict(new FailoverFacts(
                        f.app(),
                        new ManagedTree(
                                tree.source(),
                                tree.sourceFacts(),
                                tree.mode(),
                                replicas,
                                tree.failedReplicas(),
                                tree.missing(),
                                tree.lowerTiers()),
                        Optional.of(seenAtFirst(gtids)),
                        Optional.of(status),
                        f.sshReachable(),
                        f.wishes(),
                        f.progress()));
    }

    private static LossVerdict verdict(World world, Gtids before, SourceStatus status) {
        FakeCluster cluster = FakeCluster.of(world);
        assertThat(cluster.runFailover()).isInstanceOf(Next.Finished.class);
        FailoverFacts f = cluster.facts();
        String version = world.setting().mariadb() ? "version=11.4.5-MariaDB" : "gtid=on";
        ServerFacts first = Scenario.of(
                        "servers", "  a  source  " + version + " executed=" + before, "  b  replica  " + version)
                .truthOf("a");
        return new FailoverPlanner()
                .verdict(new FailoverFacts(
                        f.app(),
                        f.tree(),
                        Optional.of(first),
                        Optional.of(status),
                        f.sshReachable(),
                        f.wishes(),
                        f.progress()));
    }

    private static World byGtid(Replica... replicas) {
        return new World(true, 9, List.of(replicas), FailoverWishes.DEFAULT);
    }

    /** What replicas have that nobody made a candidate, and may have whom nobody asked. */
    @Test
    void what_a_slave_has_that_stands_in_no_election_is_not_lost() {
        Gtids before = GtidSet.parse(World.SOURCE_UUID + ":1-2");
        SourceStatus seen = status(Optional.of(GtidSet.parse(World.SOURCE_UUID + ":1-8")), Optional.empty());
        Replica broken = ignored(8, World.Health.APPLIER_FAILED);
        assertThat(verdict(byGtid(Replica.at(6), broken), before, seen)).isInstanceOf(LossVerdict.Unknown.class);
        assertThat(verdict(byGtid(Replica.at(6), ignored(7, World.Health.APPLIER_FAILED)), before, seen)
                        .sentence())
                .startsWith(
                        "at least 1 transaction lost: no replica that was read has " + World.SOURCE_UUID + ":8, which")
                .contains(" (not read: " + World.id(2) + ")");
        assertThat(verdict(byGtid(Replica.at(6), ignored(8, World.Health.DEAD)), before, seen)
                        .sentence())
                .startsWith("at least 2 transactions lost: no replica that was read has ")
                .contains(" (not read: " + World.id(2) + ")");
    }

    /** MariaDB tells of slaves the last transaction of each domain alone, whoever wrote those before. */
    @Test
    void what_another_server_wrote_before_the_last_that_a_slave_received_is_not_lost() {
        assertThat(byMariadb("0-1-6,0-9-5", Optional.empty())).isInstanceOf(LossVerdict.Unknown.class);
        assertThat(byMariadb("0-1-8,0-9-7", Optional.empty()).sentence())
                .startsWith("at least 2 transactions lost: no replica has 0-1-8,0-9-7, which ");
    }

    @Test
    void what_mariadb_counts_as_executed_may_only_have_waited() {
        assertThat(byMariadb("0-1-8", Optional.of(BY_TWO))).isInstanceOf(LossVerdict.Unknown.class);
    }

    private static LossVerdict byMariadb(String executed, Optional<Acknowledging> acknowledging) {
        World world = new World(
                true,
                9,
                List.of(Replica.at(6), Replica.at(6).with(World.Health.NOT_LOGGING_UPDATES)),
                FailoverWishes.DEFAULT,
                new World.Log(false, 0, 0),
                new World.Setting(true, ServerSettings.FenceWay.SSH, false, false, false));
        return verdict(
                world, MariadbGtids.parse("0-1-2"), status(Optional.of(MariadbGtids.parse(executed)), acknowledging));
    }

    private static Replica ignored(int received, World.Health health) {
        return new Replica(received, received, false, false, true, health, 0);
    }

    private static ServerFacts seenAtFirst(boolean gtids) {
        String executed = gtids ? "  gtid=on  executed=" + World.SOURCE_UUID + ":1-2" : "";
        return Scenario.of("servers", "  a  source" + executed, "  b  replica").truthOf("a");
    }

    private static SourceStatus status(Optional<Gtids> executed, Optional<Acknowledging> acknowledging) {
        return status(8, executed, acknowledging);
    }

    private static SourceStatus status(int written, Optional<Gtids> executed, Optional<Acknowledging> acknowledging) {
        return new SourceStatus(
                FakeCluster.NOW.minusSeconds(3),
                World.sourcePosition(written),
                executed,
                acknowledging,
                Optional.of(List.of(2L, 3L)));
    }

    @Test
    void commits_that_waited_for_replicas_are_on_one() {
        assertThat(verdict(false, 0, status(6, Optional.empty(), Optional.of(WAITING)))
                        .sentence())
                .startsWith("none acknowledged, proven by semi-sync: each commit waited up to 10.000 s")
                .contains("from 3.000 s before it was stopped on")
                .contains("was not read: SSH to its host does not answer")
                .contains("it is fenced: shutdown_script switched it off");
    }

    /** As behind a start of the server, when it waits again at once: by then it may have acknowledged alone. */
    @Test
    void what_was_written_before_it_was_looked_at_must_be_there() {
        assertThat(verdict(false, 0, status(7, Optional.empty(), Optional.of(WAITING)))
                        .sentence())
                .startsWith("unknown: ")
                .contains(
                        "cannot be shown to have all that replicas had received, and that the old source had written by ");
        Optional<Gtids> seen = Optional.of(GtidSet.parse(World.SOURCE_UUID + ":1-6"));
        assertThat(verdict(true, 0, status(6, seen, Optional.of(WAITING))))
                .isInstanceOf(LossVerdict.NoneAcknowledged.class);
        assertThat(verdict(true, 0, status(6, Optional.empty(), Optional.of(WAITING))))
                .isInstanceOf(LossVerdict.Unknown.class);
    }

    @Test
    void one_that_is_not_known_to_be_off_may_acknowledge_yet() {
        assertThat(verdict(false, 10, status(Optional.empty(), Optional.of(WAITING)))
                        .sentence())
                .startsWith("unknown: ")
                .contains("semi-synchronous replication proves nothing: the old source is not proven to be stopped");
    }

    @Test
    void without_semi_sync_it_is_told_how_far_it_had_written() {
        BinlogPosition end = World.sourcePosition(8);
        assertThat(verdict(false, 0, status(Optional.empty(), Optional.empty())).sentence())
                .startsWith("unknown: ")
                .contains("; by " + FakeCluster.NOW.minusSeconds(3) + " it was written up to " + end)
                .doesNotContain("semi-sync");
    }

    private static LossVerdict whereAllWaited(FakeCluster cluster) {
        assertThat(cluster.runFailover()).isInstanceOf(Next.Finished.class);
        return judged(cluster.facts(), status(6, Optional.empty(), Optional.of(WAITING)), "unknown");
    }

    private static void assertUnproven(FakeCluster cluster, String why) {
        assertThat(whereAllWaited(cluster).sentence())
                .startsWith("unknown: ")
                .contains("semi-synchronous replication proves nothing: " + why);
    }

    @Test
    void so_are_those_of_one_whose_process_was_killed_and_stayed_away() {
        assertThat(whereAllWaited(fencedOverSsh()).sentence())
                .startsWith("none acknowledged, proven by semi-sync: ")
                .contains("it is fenced: nothing came back");
    }

    /** SIGTERM ends the waiting, and clients are told that their commits are done. */
    @Test
    void one_that_may_have_been_stopped_in_good_order_may_have_let_all_go_through() {
        String order = "a source that is stopped in good order lets commits that wait go through unacknowledged, and ";
        assertUnproven(
                cluster(false, new World.Log(false, 0, 0), false).answering(SHUT_DOWN, new StepResult.HookAnswer(0)),
                order + "shutdown_script may do that (shutdown_cuts_power=0)");
        Fenced asked = new Fenced(Fence.PROVEN, false, false, "db.service was stopped", true);
        assertUnproven(fencedOverSsh().answering(FENCE, asked), order + "its service was stopped");
        assertUnproven(fencedOverSsh().answering(AWAIT, asked), order + "its service was stopped");
    }

    @Test
    void one_that_came_back_need_not_have_waited_then() {
        Fenced back = new Fenced(Fence.PROVEN, false, true, "it came back once: its process 8 was killed");
        assertUnproven(fencedOverSsh().answering(AWAIT, back), "the old source came back, or may have");
    }

    @Test
    void nor_one_that_may_have_come_back_unseen_before_its_power_was_cut() {
        Fenced left = new Fenced(Fence.GONE, false, false, "db.service may start it again: its process 8 was killed");
        assertUnproven(
                cluster(false, new World.Log(true, 8, 0), true)
                        .answering(FENCE, left)
                        .answering(AWAIT, left)
                        .answering(new Step.ShutDown(OLD, true), new StepResult.HookAnswer(0)),
                "the old source came back, or may have");
    }

    /** That it does not run is no end of it while something may start it again. */
    @Test
    void how_long_commits_had_to_wait_is_counted_to_where_it_was_stopped_for_good() {
        Fenced left = new Fenced(Fence.GONE, false, false, "db.service may start it again: its process 8 was killed");
        FakeCluster cluster = cluster(false, new World.Log(true, 8, 0), true)
                .answering(FENCE, left)
                .answering(AWAIT, left);
        assertThat(cluster.runFailover()).isInstanceOf(Next.Finished.class);
        assertThat(new Standing(cluster.facts()).stoppedBy()).isEmpty();
    }

    /** How it ends where two acknowledged, one of which was started so long before its receiver was stopped. */
    private static LossVerdict bySlaves(Optional<Duration> uptime, SourceStatus status, String semisync) {
        FakeCluster cluster = cluster(status.executed().isPresent()).answering(SHUT_DOWN, new StepResult.HookAnswer(0));
        assertThat(cluster.runFailover()).isInstanceOf(Next.Finished.class);
        FailoverFacts f = running(cluster.facts(), World.id(1), Optional.of(Duration.ofDays(1)));
        return judged(running(f, World.id(2), uptime), status, semisync);
    }

    private static FailoverFacts running(FailoverFacts f, ServerId replica, Optional<Duration> uptime) {
        return f.with(new Progress(f.progress().outcomes().stream()
                .map(o -> o.step().equals(new Step.StopReceiver(replica))
                                && o instanceof Outcome.Finished end
                                && end.result() instanceof StepResult.ReplicaAt at
                        ? new Outcome.Finished(end.step(), at.with(uptime), end.at())
                        : o)
                .toList()));
    }

    private static SourceStatus acknowledgedByTwo(int written) {
        return status(written, Optional.empty(), Optional.of(BY_TWO));
    }

    @Test
    void nothing_is_lost_that_slaves_acknowledged_which_have_run_since() {
        Optional<Duration> longEnough = Optional.of(Duration.ofMillis(4001));
        assertThat(bySlaves(longEnough, acknowledgedByTwo(6), "replica"))
                .isInstanceOf(LossVerdict.NoneAcknowledged.class);
        Optional<Gtids> seen = Optional.of(GtidSet.parse(World.SOURCE_UUID + ":1-6"));
        assertThat(bySlaves(longEnough, status(6, seen, Optional.of(BY_TWO)), "replica"))
                .isInstanceOf(LossVerdict.NoneAcknowledged.class);
    }

    /** With relay_log_recovery it has thrown away what it had not executed, and says at once that it acknowledges. */
    @Test
    void a_slave_that_was_started_anew_since_may_have_lost_what_it_acknowledged() {
        for (Optional<Duration> uptime : List.of(Optional.of(Duration.ofSeconds(4)), Optional.<Duration>empty())) {
            assertThat(bySlaves(uptime, acknowledgedByTwo(6), "replica").sentence())
                    .startsWith("unknown: ")
                    .contains("1 replica that may have acknowledged cannot be asked what it received");
        }
    }

    @Test
    void one_that_was_not_seen_to_acknowledge_is_no_witness() {
        for (String semisync : List.of("unknown", "off", "enabled")) {
            assertThat(bySlaves(Optional.of(Duration.ofDays(1)), acknowledgedByTwo(6), semisync)
                            .sentence())
                    .contains("2 replicas that may have acknowledged cannot be asked what they received");
        }
    }

    @Test
    void what_it_had_executed_and_nobody_has_is_lost() {
        Gtids seen = GtidSet.parse(World.SOURCE_UUID + ":1-8");
        assertThat(verdict(true, 0, status(Optional.of(seen), Optional.of(WAITING)))
                        .sentence())
                .startsWith("at least 2 transactions lost: ")
                .contains("no replica has " + World.SOURCE_UUID + ":7-8, which the old source had executed by ");
    }
}
