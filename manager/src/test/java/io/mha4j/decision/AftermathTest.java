package io.mha4j.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.ServerId;
import io.mha4j.decision.World.Replica;
import io.mha4j.execution.resume.Aftermath;
import io.mha4j.execution.resume.FailoverJournal.CutRun;
import io.mha4j.report.StateFiles;
import io.mha4j.report.journal.Journal;
import io.mha4j.report.journal.Journals;
import io.mha4j.report.json.JsonForm;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ServerFacts;
import io.mha4j.topology.ServerState;
import io.mha4j.topology.Snapshot;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal is believed only as long as the servers stand where its run can have left them. */
final class AftermathTest {
    private static final ServerId FIRST = World.id(1);
    private static final ServerId SECOND = World.id(2);
    private static final Step STOP_FIRST = new Step.StopReceiver(FIRST);
    private static final Step STOP_SECOND = new Step.StopReceiver(SECOND);
    private static final Step DETACH = new Step.Detach(FIRST, false);

    private final World world = new World(true, 9, List.of(Replica.at(9), Replica.at(9)), FailoverWishes.DEFAULT);
    private final ReplicaStatus asBefore = world.status(Replica.at(9));

    @Test
    void servers_as_they_were_can_be_gone_on_with() {
        assertThat(foreign(cut(List.of(), STOP_FIRST), facts(asBefore, true), facts(asBefore, true)))
                .isEmpty();
    }

    @Test
    void one_that_follows_somebody_else_is_foreign() {
        assertThat(foreign(cut(List.of(), STOP_FIRST), facts(asBefore, true), facts(from("host7"), true)))
                .contains(SECOND + " replicates from host7:3306");
    }

    @Test
    void one_that_takes_writes_before_there_is_a_new_source_is_foreign() {
        assertThat(foreign(cut(List.of(), STOP_FIRST), facts(asBefore, false), facts(asBefore, true)))
                .contains(FIRST + " takes writes");
    }

    @Test
    void one_that_takes_writes_before_the_run_came_to_open_it_is_foreign_though_it_was_to_be_the_new_source() {
        CutRun chosen = cut(List.of(STOP_FIRST, STOP_SECOND, DETACH), new Step.ReadCoordinates(FIRST));

        assertThat(foreign(chosen, facts(Optional.empty(), false), facts(asBefore, true)))
                .contains(FIRST + " takes writes");
    }

    @Test
    void one_without_replication_is_foreign_unless_the_run_was_at_it() {
        ServerFacts alone = facts(Optional.empty(), true);

        assertThat(foreign(cut(List.of(), STOP_FIRST), alone, facts(asBefore, true)))
                .contains(FIRST + " does not replicate any more");
        assertThat(foreign(cut(List.of(STOP_FIRST, STOP_SECOND), DETACH), alone, facts(asBefore, true)))
                .isEmpty();
    }

    @Test
    void the_new_source_may_take_writes_and_be_followed() {
        CutRun opened = cut(List.of(STOP_FIRST, STOP_SECOND, DETACH), new Step.MakeWritable(FIRST));

        assertThat(foreign(opened, facts(Optional.empty(), false), facts(from(FIRST.host()), true)))
                .isEmpty();
        assertThat(foreign(opened, facts(Optional.empty(), false), facts(asBefore, true)))
                .isEmpty();
        assertThat(foreign(opened, facts(Optional.empty(), false), facts(asBefore, false)))
                .contains(SECOND + " takes writes");
    }

    @Test
    void a_new_source_that_became_a_replica_again_is_foreign() {
        CutRun opened = cut(List.of(STOP_FIRST, STOP_SECOND, DETACH), new Step.MakeWritable(FIRST));

        assertThat(foreign(opened, facts(asBefore, true), facts(asBefore, true)))
                .contains(FIRST + ", which was to be the new master, replicates from host0:3306");
    }

    @Test
    void a_silent_server_shows_nothing() {
        TreeMap<ServerId, ServerState> servers = new TreeMap<>();
        for (ServerId id : List.of(FIRST, SECOND)) {
            servers.put(id, new ServerState.Unreachable(ServerState.Kind.REFUSED, "connection refused", Duration.ZERO));
        }
        assertThat(Aftermath.foreign(cut(List.of(), STOP_FIRST), new Snapshot(Instant.EPOCH, servers)))
                .isEmpty();
    }

    /** Else one that is refused when it is taken up would say nothing of receivers that stand still, and leave no flag. */
    @Test
    void a_run_taken_up_after_receivers_were_stopped_ends_as_one_that_stopped_them(@TempDir Path dir) {
        Journals journals = new Journals(new StateFiles(dir, "app1"), new JsonForm(), InstantSource.system());
        try (Journal journal = journals.open("20260101000000", "failover", "facts")) {
            assertThat(cut(List.of(STOP_FIRST), STOP_SECOND).goingOnIn(journal).cutOffBegun())
                    .isTrue();
            assertThat(cut(List.of(), new Step.StartApplier(FIRST))
                            .goingOnIn(journal)
                            .cutOffBegun())
                    .isFalse();
        }
    }

    private CutRun cut(List<Step> finished, Step unsure) {
        List<Outcome.Finished> outcomes = finished.stream()
                .map(step -> new Outcome.Finished(step, result(step), Optional.empty()))
                .toList();
        FailoverFacts facts = world.facts();
        return new CutRun("20260101000000", facts.with(facts.progress().plus(outcomes)), List.of(unsure));
    }

    private StepResult result(Step step) {
        Optional<io.mha4j.binlog.Gtids> executed = world.facts()
                .tree()
                .replica(step.server())
                .orElseThrow()
                .facts()
                .executed();
        return step instanceof Step.StopReceiver
                ? new StepResult.ReplicaAt(asBefore, executed)
                : new StepResult.Plain();
    }

    private static Optional<String> foreign(CutRun cut, ServerFacts first, ServerFacts second) {
        TreeMap<ServerId, ServerState> servers = new TreeMap<>();
        servers.put(FIRST, new ServerState.Alive(first));
        servers.put(SECOND, new ServerState.Alive(second));
        return Aftermath.foreign(cut, new Snapshot(Instant.EPOCH, servers));
    }

    private ServerFacts facts(ReplicaStatus status, boolean readOnly) {
        return facts(Optional.of(status), readOnly);
    }

    private ServerFacts facts(Optional<ReplicaStatus> status, boolean readOnly) {
        ServerFacts f = world.facts().tree().replica(FIRST).orElseThrow().facts();
        return new ServerFacts(
                f.version(),
                f.serverId(),
                f.serverUuid(),
                readOnly,
                f.superReadOnly(),
                f.offline(),
                f.binlog(),
                f.gtidsOn(),
                f.executed(),
                f.purged(),
                status.stream().toList(),
                f.relayLogPurge(),
                f.parallelWorkers(),
                f.checkpointMillis(),
                f.syncBinlog(),
                f.eventScheduler(),
                f.semiSync(),
                f.datadir(),
                f.seat(),
                f.refusedKind());
    }

    private ReplicaStatus from(String host) {
        return new ReplicaStatus(
                "",
                host,
                3306,
                "repl",
                asBefore.receiver(),
                asBefore.applier(),
                asBefore.read(),
                asBefore.applied(),
                asBefore.relayLog(),
                true,
                asBefore.retrieved(),
                Duration.ZERO,
                asBefore.lag(),
                false,
                ReplicaStatus.Filters.NONE);
    }
}
