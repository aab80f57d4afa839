package io.mha4j.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mha4j.execution.incident.IncidentMaker;
import io.mha4j.execution.incident.IncidentMaker.Told;
import io.mha4j.execution.resume.FailoverJournal;
import io.mha4j.execution.resume.FailoverJournal.Beginning;
import io.mha4j.report.FailoverReport;
import io.mha4j.report.StateFiles;
import io.mha4j.report.incident.Incident;
import io.mha4j.report.incident.Incident.Moment;
import io.mha4j.report.incident.Incident.Replica;
import io.mha4j.report.incident.Incident.Result;
import io.mha4j.report.incident.Incident.Statement;
import io.mha4j.report.incident.Incident.Status;
import io.mha4j.report.incident.IncidentFiles;
import io.mha4j.report.journal.Journal;
import io.mha4j.report.journal.JournalContent;
import io.mha4j.report.journal.Journals;
import io.mha4j.report.json.JsonForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failovers of the simulated cluster, written to a real journal on disk, and the incidents that come of it. */
final class IncidentTest {
    private static final Instant BEGIN = Instant.parse("2026-11-07T09:05:03Z");
    private static final World WORLD = new World(
            false,
            10,
            List.of(World.Replica.at(10), World.Replica.at(8).asBarred(), World.Replica.at(10)),
            FailoverWishes.DEFAULT);

    @TempDir
    Path dir;

    private final JsonForm json = new JsonForm();
    private Instant now = BEGIN;
    private StateFiles files = new StateFiles(Path.of("."), "app1");
    private Journals journals = new Journals(files, json, () -> now);

    @BeforeEach
    void useTheFolder() {
        files = new StateFiles(dir, "app1");
        journals = new Journals(files, json, () -> now);
    }

    private Journal journaled(FailoverFacts facts) {
        Journal journal = journals.open("20261107090503", FailoverJournal.OPERATION, Beginning.of(facts));
        for (Outcome outcome : facts.progress().outcomes()) {
            int number = journal.started(outcome.step());
            now = now.plusMillis(40);
            if (outcome instanceof Outcome.Finished finished) {
                journal.finished(number, finished.result());
            } else if (outcome instanceof Outcome.Failed failed) {
                journal.failed(number, failed.why());
            }
        }
        return journal;
    }

    private Told told(FailoverFacts facts) {
        FailoverReport report = new FailoverReport(
                new FailoverReport.Occasion("app1", facts.tree().source(), "mgr:/var/log/mha/app1.log", false, false));
        facts.progress().outcomes().forEach(report::tell);
        return new Told(report, now, List.of(new Statement(now, World.id(1), "SET GLOBAL read_only=0")));
    }

    private Incident incidentOf(FakeCluster cluster) {
        cluster.runFailover();
        FailoverFacts facts = cluster.facts();
        try (Journal journal = journaled(facts)) {
            assertThat(journal.run()).isEqualTo("20261107090503");
            return new IncidentMaker(facts.app(), json)
                    .done(journals.unfinished().orElseThrow(), cluster.summary(), told(facts));
        }
    }

    @Test
    void every_step_is_in_the_timeline_with_its_times_and_its_result() {
        FakeCluster cluster = FakeCluster.of(WORLD);
        Incident incident = incidentOf(cluster);

        List<Outcome> outcomes = cluster.facts().progress().outcomes();
        assertThat(incident.timeline()).hasSameSizeAs(outcomes).allSatisfy(moment -> {
            assertThat(moment.took()).contains(Duration.ofMillis(40));
            assertThat(moment.ended()).contains(moment.begun().plusMillis(40));
        });
        Moment first = incident.timeline().get(0);
        assertThat(first.words()).isEqualTo(World.id(1) + ": stop the IO thread");
        assertThat(first.status()).isEqualTo(Status.DONE);
        assertThat(first.result().orElseThrow().get("kind").asText()).isEqualTo("ReplicaAt");
        assertThat(incident.occasion().begunAt()).isEqualTo(BEGIN);
        assertThat(incident.occasion().took()).isEqualTo(Duration.ofMillis(40L * outcomes.size()));
    }

    @Test
    void every_candidate_is_held_against_every_rule_with_the_value_that_was_seen() {
        Ballot ballot = incidentOf(FakeCluster.of(WORLD)).election();

        assertThat(ballot.winner()).contains(World.id(1));
        assertThat(ballot.cards())
                .extracting(Ballot.Card::server)
                .containsExactly(World.id(1), World.id(2), World.id(3));
        assertThat(ballot.card(World.id(2)).orElseThrow().findings())
                .contains(new Ballot.Finding("no_master", false, "no_master=1"));
        assertThat(ballot.card(World.id(1)).orElseThrow().findings())
                .allMatch(Ballot.Finding::passed)
                .extracting(Ballot.Finding::rule)
                .contains("no_master", "log_bin", "version", "delay", "lag", "level");
    }

    @Test
    void a_replica_that_could_not_be_moved_makes_the_result_partial_and_is_named_with_the_reason() {
        FakeCluster whole = FakeCluster.of(WORLD);
        whole.runFailover();
        Step moving = whole.facts().progress().outcomes().stream()
                .map(Outcome::step)
                .filter(s -> s instanceof Step.Repoint && s.server().equals(World.id(3)))
                .findFirst()
                .orElseThrow();

        Incident incident = incidentOf(FakeCluster.of(WORLD).failingAt(Set.of(moving)));

        assertThat(incident.ending().result()).isEqualTo(Result.PARTIAL);
        assertThat(incident.ending().newSource()).contains(World.id(1));
        assertThat(incident.ending().verdict()).isInstanceOf(LossVerdict.Unknown.class);
        assertThat(incident.ending().replicas())
                .filteredOn(r -> r.server().equals(World.id(3)))
                .singleElement()
                .satisfies(r -> {
                    assertThat(r.follows()).isFalse();
                    assertThat(r.why()).contains("made to fail");
                });
        assertThat(incident.timeline())
                .filteredOn(m -> m.status() == Status.FAILED)
                .singleElement()
                .satisfies(m -> assertThat(m.error()).contains("made to fail"));
    }

    @Test
    void one_that_broke_off_says_why_and_shows_the_step_that_is_not_known_to_have_ended() {
        FailoverFacts facts = WORLD.facts();
        Step stop = new Step.StopReceiver(World.id(1));
        try (Journal journal = journaled(facts)) {
            journal.started(stop);
            Incident incident = new IncidentMaker(facts.app(), json)
                    .brokenOff(journals.unfinished().orElseThrow(), "the disk is full", told(facts));

            assertThat(incident.ending().result()).isEqualTo(Result.BROKEN_OFF);
            assertThat(incident.ending().brokenOff()).contains("the disk is full");
            assertThat(incident.ending().newSource()).isEmpty();
            assertThat(incident.ending().replicas()).hasSize(3).noneMatch(Replica::follows);
            assertThat(incident.timeline()).singleElement().satisfies(m -> {
                assertThat(m.status()).isEqualTo(Status.UNKNOWN);
                assertThat(m.took()).isEmpty();
            });
        }
    }

    @Test
    void a_new_source_without_its_address_is_told_of_one_that_is_done_and_of_one_that_broke_off() {
        FakeCluster cluster = FakeCluster.of(WORLD);
        cluster.runFailover();
        FailoverFacts done = cluster.facts();
        String why = "it was started anew";
        FailoverFacts facts = done.with(new Progress(done.progress().outcomes().stream()
                .map(o -> o.step() instanceof Step.ConfirmOpen
                        ? new Outcome.Finished(o.step(), new StepResult.Open(true, Optional.of(why)), Optional.empty())
                        : o)
                .toList()));
        try (Journal journal = journaled(facts)) {
            JournalContent run = journals.unfinished().orElseThrow();
            IncidentMaker maker = new IncidentMaker(facts.app(), json);

            Incident partial = maker.done(run, FailoverSummary.of(facts, new FailoverPlanner()), told(facts));
            assertThat(partial.ending().result()).isEqualTo(Result.PARTIAL);
            assertThat(partial.ending().addressMissing()).contains(why);
            assertThat(maker.brokenOff(run, "the disk is full", told(facts))
                            .ending()
                            .addressMissing())
                    .contains(why);
        }
    }

    @Test
    void one_that_broke_off_names_what_was_saved_before() {
        FailoverFacts facts = WORLD.facts();
        Step save = new Step.SaveTail(World.id(0), World.sourcePosition(6));
        StepResult saved = World.lastThree("saved.json", StepResult.Restart.NO);
        try (Journal journal = journaled(facts)) {
            journal.finished(journal.started(save), saved);
            IncidentMaker maker = new IncidentMaker(facts.app(), json);
            JournalContent run = journals.unfinished().orElseThrow();
            Incident incident = maker.brokenOff(run, "nobody could be levelled", told(facts));

            assertThat(incident.ending().verdictSentence())
                    .isEqualTo(
                            "unknown: the failover broke off; replicas may lack 3 transactions of the old source's binary log,"
                                    + " from " + World.sourcePosition(6) + " to " + World.sourcePosition(9)
                                    + ", saved as saved.json")
                    .isEqualTo(maker.verdictBrokenOff(run).sentence());
        }
    }

    @Test
    void the_file_is_for_its_owner_alone_and_holds_the_whole_incident() throws IOException {
        Incident incident = incidentOf(FakeCluster.of(WORLD));
        IncidentFiles on = new IncidentFiles(files, json);
        assertThat(on.last()).isEmpty();

        Path file = on.write(incident);

        assertThat(file).hasFileName("app1.incident-20261107090503.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(on.last()).contains(file);
        JsonNode read = json.read(Files.readString(file), JsonNode.class);
        assertThat(read.at("/occasion/oldSource/host").asText()).isEqualTo("host0");
        assertThat(read.at("/ending/result").asText()).isEqualTo("COMPLETE");
        assertThat(read.at("/ending/verdict/kind").asText()).isEqualTo("Unknown");
        assertThat(read.at("/timeline/0/took").asText()).isEqualTo("PT0.04S");
        assertThat(read.at("/timeline/0/step/kind").asText()).isEqualTo("StopReceiver");
        assertThat(read.at("/election/cards/1/findings/0/text").asText()).isEqualTo("no_master=1");
        assertThat(read.at("/statements/0/sql").asText()).isEqualTo("SET GLOBAL read_only=0");
    }

    @Test
    void told_again_by_a_later_process_it_replaces_its_file_and_a_later_one_is_the_last() throws IOException {
        Incident incident = incidentOf(FakeCluster.of(WORLD));
        IncidentFiles on = new IncidentFiles(files, json);
        Path file = on.write(incident);
        String before = Files.readString(file);

        Thread.currentThread().interrupt();
        assertThat(on.write(incident)).isEqualTo(file);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(Files.readString(file)).isEqualTo(before);

        Path later = Files.writeString(dir.resolve("app1.incident-20270101000000.json"), "{}");
        Files.writeString(dir.resolve("app10.incident-20280101000000.json"), "{}");
        assertThat(on.last()).contains(later);
    }
}
