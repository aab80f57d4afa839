package io.mha4j.cli.resume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.mha4j.base.ServerId;
import io.mha4j.cli.admission.RefusalAlarm;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.FailoverWishes;
import io.mha4j.decision.Progress;
import io.mha4j.decision.Step;
import io.mha4j.execution.resume.FailoverJournal;
import io.mha4j.execution.resume.FailoverJournal.CutRun;
import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import io.mha4j.report.ReportException;
import io.mha4j.report.StateFiles;
import io.mha4j.report.journal.Journals;
import io.mha4j.report.json.JsonForm;
import io.mha4j.scenario.Scenario;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.Prior;
import io.mha4j.topology.Snapshot;
import io.mha4j.topology.TreeRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each call is that of a manager of its own, as after a restart. */
final class CutFailoverTest {
    private static final String EVENT = "a failover that was cut off is not taken up: ";

    private final EventLog log = EventLog.toStream(System.err, Level.INFO, InstantSource.system(), ZoneOffset.UTC);
    private final List<String> told = new ArrayList<>();
    private Runnable whenTold = () -> {};
    private final Scenario dead = scenario("  a  source   unreachable", "  b  replica  ip=127.0.0.1  port=1");
    private final FailoverFacts facts = new FailoverFacts(
            dead.application(),
            tree(dead),
            Optional.empty(),
            Optional.empty(),
            false,
            FailoverWishes.DEFAULT,
            Progress.NONE);
    private final ServerId source = facts.tree().source();
    private final ServerId replica = facts.tree().replicas().get(0).id();

    @TempDir
    private Path dir = Path.of("");

    private static Scenario scenario(String... servers) {
        return Scenario.of(("servers\n" + String.join("\n", servers)).split("\n", -1));
    }

    private static ManagedTree tree(Scenario scenario) {
        return (ManagedTree) TreeRules.read(scenario.application(), scenario.snapshot(), Prior.NOTHING);
    }

    private StateFiles files() {
        return new StateFiles(dir, "app1");
    }

    private Journals journals() {
        return new Journals(files(), new JsonForm(), InstantSource.system());
    }

    private CutFailover manager() {
        RefusalAlarm alarm = new RefusalAlarm(files(), InstantSource.system(), log, (event, sentence) -> {
            told.add(event + ": " + sentence);
            whenTold.run();
            return true;
        });
        return new CutFailover(facts.app(), journals(), alarm, log);
    }

    private OptionalInt takeUp(Step begun, String... servers) {
        Snapshot now = scenario(servers).snapshot();
        return manager().takeUp(new CutRun("20260101000000", facts, List.of(begun)), now, (cut, journal) -> fail());
    }

    private CutRun unfinished(Runnable permission) {
        CutFailover manager = manager();
        return manager.read(manager.left().orElseThrow(), permission);
    }

    private void begin(String operation) {
        journals()
                .open("20260101000000", operation, FailoverJournal.Beginning.of(facts))
                .close();
    }

    @Test
    void that_the_old_master_answers_again_is_told_once() {
        for (int start = 0; start < 3; start++) {
            assertThat(takeUp(new Step.Fence(source), "  a  source", "  b  replica"))
                    .hasValue(1);
        }

        assertThat(told)
                .singleElement()
                .asString()
                .startsWith(
                        EVENT + "The failover of " + source + " that was cut off is NOT taken up, and nobody watches: ")
                .contains("two writable masters. Stop it and start again to finish, or ")
                .contains("move " + files().journal() + " away; " + source + " answers");
    }

    @Test
    void another_reason_is_told_too() {
        takeUp(new Step.Fence(source), "  a  source", "  b  replica");
        takeUp(new Step.Fence(source), "  a  source", "  b  source");

        assertThat(told).hasSize(2);
        assertThat(told.get(1)).contains(": " + replica + " ");
    }

    @Test
    void that_it_cannot_be_undone_is_told() {
        assertThatThrownBy(() -> takeUp(new Step.StopReceiver(replica), "  a  source", "  b  replica"))
                .isInstanceOf(ReportException.class);

        assertThat(told).singleElement().asString().contains(files().journal() + ": no unfinished run");
    }

    @Test
    void that_a_replica_stands_still_when_it_is_undone_is_told() {
        begin(FailoverJournal.OPERATION);

        assertThat(takeUp(new Step.StopReceiver(replica), "  a  source", "  b  replica"))
                .isEmpty();

        assertThat(told)
                .singleElement()
                .asString()
                .startsWith("a failover that was cut off is undone, but not everywhere: ")
                .contains(replica + ": replication was stopped and could not be started: ");
        assertThat(files().journal()).doesNotExist();
    }

    /** As on a disk that fills meanwhile. */
    @Test
    void that_it_is_undone_is_told_though_its_journal_cannot_be_closed() {
        begin(FailoverJournal.OPERATION);
        whenTold = () -> files().journal().toFile().delete();

        assertThatThrownBy(() -> takeUp(new Step.StopReceiver(replica), "  a  source", "  b  replica"))
                .isInstanceOf(ReportException.class);

        assertThat(told).hasSize(2);
        assertThat(told.get(0)).startsWith("a failover that was cut off is undone, but not everywhere: ");
        assertThat(told.get(1))
                .startsWith("a failover that was cut off is undone, but its journal could not be closed: ")
                .contains("could not be closed, and nobody watches: " + files().journal());
    }

    @Test
    void that_its_journal_cannot_be_read_is_told_once() throws IOException {
        Files.writeString(files().journal(), "no journal\n\n");
        for (int start = 0; start < 3; start++) {
            assertThatThrownBy(() -> manager().left()).isInstanceOf(ReportException.class);
        }

        assertThat(told)
                .containsExactly(EVENT + "A failover that was cut off is NOT taken up, and nobody watches: "
                        + files().journal()
                        + ":1: is not JSON; look at the servers, then move the journal away to go on"
                        + " without it");
    }

    @Test
    void that_it_may_not_be_taken_up_now_is_told() {
        begin(FailoverJournal.OPERATION);

        assertThatThrownBy(() -> unfinished(() -> {
                    throw new ReportException("acting is paused");
                }))
                .hasMessage("acting is paused");
        assertThat(told).singleElement().asString().endsWith("nobody watches: acting is paused");
    }

    @Test
    void an_online_switch_is_no_failover() {
        begin("switch");

        assertThatThrownBy(() -> unfinished(() -> fail("it is no failover that waits for its end")))
                .isInstanceOf(FailoverJournal.NotResumable.class);
        assertThat(told).isEmpty();
    }

    @Test
    void nothing_is_told_where_nothing_was_left() {
        assertThat(manager().left()).isEmpty();
        assertThat(told).isEmpty();
    }
}
