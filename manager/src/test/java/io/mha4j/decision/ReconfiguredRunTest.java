package io.mha4j.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.base.ServerId;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.decision.World.Replica;
import io.mha4j.decision.rejoin.Parting;
import io.mha4j.execution.resume.FailoverJournal;
import io.mha4j.execution.resume.FailoverJournal.NotResumable;
import io.mha4j.report.journal.JournalContent;
import io.mha4j.report.journal.TextJournal;
import io.mha4j.report.json.JsonForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Journals of failovers that are read when the configuration names the same servers in another way. */
final class ReconfiguredRunTest {
    private static final World WORLD =
            new World(false, 9, List.of(Replica.at(6), Replica.at(7)), FailoverWishes.DEFAULT, World.Log.WHOLE);

    private final JsonForm json = new JsonForm();
    private final FailoverPlanner planner = new FailoverPlanner();
    private FailoverFacts whole = WORLD.facts();

    @BeforeEach
    void failOver() {
        FakeCluster cluster = FakeCluster.of(WORLD);
        cluster.runFailover();
        whole = cluster.facts();
    }

    private JournalContent journal(int steps) {
        TextJournal journal = new TextJournal(json);
        journal.open(FailoverJournal.OPERATION, FailoverJournal.Beginning.of(whole));
        for (Outcome outcome : whole.progress().outcomes().subList(0, steps)) {
            journal.finished(journal.started(outcome.step()), ((Outcome.Finished) outcome).result());
        }
        return journal.unfinished().orElseThrow();
    }

    private JournalContent journal() {
        return journal(whole.progress().outcomes().size());
    }

    private static ServerId moved(int n) {
        return new ServerId(9 - n, "server_" + n, "host" + n, n == 0 ? "host0" : "10.0.1." + n, 3306);
    }

    /** Other ranks, sections and addresses; the name of the dead one cannot be resolved any more. */
    private Application reconfigured(int... numbers) {
        List<ServerSettings> servers = new ArrayList<>();
        for (int n : numbers) {
            servers.add(whole.app().of(World.id(n)).withId(moved(n)));
        }
        return whole.app().withServers(servers);
    }

    @Test
    void wherever_it_was_cut_it_goes_on_with_the_servers_as_they_are_called_now() {
        Application now = reconfigured(2, 1, 0);
        int all = whole.progress().outcomes().size();
        for (int cut = 0; cut < all; cut++) {
            FailoverFacts facts = FailoverJournal.read(journal(cut), json, now).facts();
            assertThat(facts.tree().source()).isEqualTo(moved(0));
            assertThat(planner.next(facts))
                    .as("cut after %d steps", cut)
                    .isInstanceOfSatisfying(Next.Run.class, run -> assertThat(run.steps())
                            .extracting(Step::server)
                            .isSubsetOf(moved(0), moved(1), moved(2)));
        }
        assertThat(planner.next(FailoverJournal.read(journal(), json, now).facts()))
                .isEqualTo(new Next.Finished(moved(2)));
    }

    @Test
    void one_that_cannot_be_found_any_more_keeps_the_run_from_being_taken_up() {
        assertThatThrownBy(() -> FailoverJournal.read(journal(3), json, reconfigured(2, 0)))
                .isInstanceOf(NotResumable.class)
                .hasMessageContaining("host1")
                .hasMessageContaining("no server of that name and port");
    }

    @Test
    void what_a_finished_one_left_is_known_though_its_servers_are_called_otherwise_or_gone() {
        Parting left = Parting.of(whole).orElseThrow();

        assertThat(parting(reconfigured(0, 1, 2))).contains(left(left, moved(2)));
        assertThat(parting(reconfigured(2, 0))).contains(left(left, moved(2)));
        Parting gone = parting(reconfigured(0)).orElseThrow();
        assertThat(gone.newSource().isCalledAs(World.id(2))).isTrue();
        assertThat(gone).isEqualTo(left(left, gone.newSource()));
    }

    private Optional<Parting> parting(Application now) {
        return Parting.of(FailoverJournal.history(journal(), json, now));
    }

    private static Parting left(Parting parting, ServerId newSource) {
        return new Parting(newSource, parting.gtids(), parting.heldUpTo(), parting.openedAt());
    }
}
