package io.mha4j.cli.byhand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.mha4j.cli.command.Questions;
import io.mha4j.cli.command.Terminal;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.FailoverPlanner;
import io.mha4j.decision.FailoverWishes;
import io.mha4j.decision.FailoverWishes.HostPort;
import io.mha4j.decision.Next;
import io.mha4j.decision.Progress;
import io.mha4j.decision.Refusal;
import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import io.mha4j.scenario.Scenario;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.Prior;
import io.mha4j.topology.TreeRules;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class FailoverQuestionsTest {
    private static final FailoverFacts DEAD =
            facts(false, "  a  source   unreachable", "  b  replica  read=bin.000001:1100", "  c  replica");
    private static final FailoverFacts BEHIND =
            facts(false, "  a  source   unreachable", "  b  replica", "  c  replica  read=bin.000001:1100");
    private static final FailoverFacts WITHOUT_C =
            facts(false, "  a  source   unreachable", "  b  replica", "  c  replica  unreachable ignore_fail=1");
    private static final FailoverFacts BACK = facts(false, "  a  source", "  b  replica", "  c  replica");
    private static final FailoverFacts REACHABLE =
            facts(true, "  a  source   unreachable", "  b  replica  read=bin.000001:1100", "  c  replica");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private static FailoverFacts facts(boolean ssh, String... servers) {
        Scenario scenario = Scenario.of(("servers\n" + String.join("\n", servers)).split("\n", -1));
        ManagedTree tree = (ManagedTree)
                TreeRules.read(scenario.application(), scenario.snapshot(), Prior.NOTHING.withNames(scenario.names()));
        return new FailoverFacts(
                scenario.application(),
                tree,
                Optional.empty(),
                Optional.empty(),
                ssh,
                FailoverWishes.DEFAULT,
                Progress.NONE);
    }

    private Optional<FailoverFacts> agreed(String answers, FailoverFacts seen, Supplier<FailoverFacts> look) {
        PrintStream shown = new PrintStream(out, true, StandardCharsets.UTF_8);
        Terminal terminal =
                new Terminal(shown, shown, new ByteArrayInputStream(answers.getBytes(StandardCharsets.UTF_8)));
        EventLog log = EventLog.toStream(shown, Level.INFO, InstantSource.system(), ZoneOffset.UTC);
        return new FailoverQuestions(new Questions(terminal), log).agreed(seen, look);
    }

    private String shown() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void what_counts_is_how_things_are_after_the_last_answer() {
        assertThat(agreed("yes\nyes\n", DEAD, () -> REACHABLE)).contains(REACHABLE);
    }

    @Test
    void a_master_that_came_back_while_somebody_thought_is_left_alone() {
        FailoverFacts agreed = agreed("yes\nyes\n", DEAD, () -> BACK).orElseThrow();

        assertThat(new FailoverPlanner().next(agreed))
                .isInstanceOfSatisfying(
                        Next.Refused.class, no -> assertThat(no.why()).isInstanceOf(Refusal.SourceAlive.class));
    }

    @Test
    void somebody_else_who_would_be_elected_now_is_asked_about() {
        assertThat(agreed("yes\nyes\nyes\nyes\n", DEAD, () -> BEHIND)).contains(BEHIND);
        assertThat(shown())
                .contains("Starting master switch from a(10.0.0.1:3306) to b(10.0.0.2:3306)?")
                .contains("Meanwhile c(10.0.0.3:3306) is the one that would be elected")
                .contains("Starting master switch from a(10.0.0.1:3306) to c(10.0.0.3:3306)?");
    }

    @Test
    void no_to_somebody_else_changes_nothing() {
        assertThat(agreed("yes\nyes\nno\n", DEAD, () -> BEHIND)).isEmpty();
    }

    @Test
    void who_was_named_is_still_the_only_one_wanted() {
        HostPort named = new HostPort("c", 3306);

        assertThat(agreed("yes\nno\nyes\nc\nyes\n", DEAD, () -> REACHABLE))
                .contains(REACHABLE.with(FailoverWishes.DEFAULT.forcing(named)));
        FailoverFacts gone =
                agreed("yes\nno\nyes\nc\nyes\n", DEAD, () -> WITHOUT_C).orElseThrow();
        assertThat(new FailoverPlanner().next(gone))
                .isInstanceOfSatisfying(
                        Next.Refused.class, no -> assertThat(no.why()).isInstanceOf(Refusal.ForcedUnfit.class));
    }

    @Test
    void a_failover_that_would_be_refused_is_not_asked_about() {
        assertThat(agreed("", BACK, () -> fail("nothing was asked"))).contains(BACK);
        assertThat(shown()).isEmpty();
    }
}
