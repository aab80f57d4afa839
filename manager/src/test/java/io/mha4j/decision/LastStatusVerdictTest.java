package io.mha4j.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.GtidSet;
import io.mha4j.binlog.Gtids;
import io.mha4j.config.ServerSettings;
import io.mha4j.decision.World.Replica;
import io.mha4j.scenario.Scenario;
import io.mha4j.topology.ServerFacts;
import io.mha4j.topology.details.SourceStatus;
import io.mha4j.topology.details.SourceStatus.Acknowledging;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the last look at a living source adds, where its binary log was not read: its host is off. */
final class LastStatusVerdictTest {
    private static final Step SHUT_DOWN = new Step.ShutDown(World.id(0), false);
    /** Nobody acknowledged, so that everything waits. */
    private static final Acknowledging WAITING =
            new Acknowledging(true, true, true, Duration.ofSeconds(10), 1, 0, Duration.ZERO);

    private static LossVerdict verdict(boolean gtids, int exit, SourceStatus status) {
        World.Setting setting = new World.Setting(false, ServerSettings.FenceWay.SSH, false, true, false);
        FakeCluster cluster = FakeCluster.of(new World(
                        gtids,
                        9,
                        List.of(Replica.at(6), Replica.at(6)),
                        FailoverWishes.DEFAULT,
                        new World.Log(false, 0, 0),
                        setting))
                .answering(SHUT_DOWN, new StepResult.HookAnswer(exit));
        assertThat(cluster.runFailover()).isInstanceOf(Next.Finished.class);
        FailoverFacts f = cluster.facts();
        return new FailoverPlanner()
                .verdict(new FailoverFacts(
                        f.app(),
                        f.tree(),
                        Optional.of(seenAtFirst(gtids)),
                        Optional.of(status),
                        f.sshReachable(),
                        f.wishes(),
                        f.progress()));
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

    @Test
    void what_it_had_executed_and_nobody_has_is_lost() {
        Gtids seen = GtidSet.parse(World.SOURCE_UUID + ":1-8");
        assertThat(verdict(true, 0, status(Optional.of(seen), Optional.of(WAITING)))
                        .sentence())
                .startsWith("at least 2 transactions lost: ")
                .contains("no replica has " + World.SOURCE_UUID + ":7-8, which the old source had executed by ");
    }
}
