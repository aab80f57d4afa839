package io.mha4j.execution.online;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.decision.online.OnlineFacts;
import io.mha4j.decision.online.OnlinePlan;
import io.mha4j.decision.online.OnlineStep;
import io.mha4j.decision.online.OnlineWishes;
import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import io.mha4j.report.ReportException;
import io.mha4j.scenario.Scenario;
import io.mha4j.topology.Prior;
import io.mha4j.topology.TreeRules;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

final class OnlineSwitchTest {
    /** What is asked beside steps; the rest answers nothing. */
    private static final Map<String, Object> ANSWERS =
            Map.of("leftWhenUndone", List.of(), "spentInScripts", Duration.ZERO, "answers", true);

    private static final OnlineSteps.Time TIME = new OnlineSteps.Time(System::nanoTime, pause -> {});

    private final Scenario scenario =
            Scenario.of("servers  repl_password=x", "  a  source", "  b  replica", "  c  replica");
    private final OnlineStep closes = new OnlineStep.BlockWrites(scenario.id("a"), false);
    private final OnlineStep opens = new OnlineStep.AllowWrites(scenario.id("b"));
    private final OnlineStep moves = new OnlineStep.Repoint(scenario.id("c"), scenario.id("b"));
    private final List<OnlineStep> done = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    /** Runs a switch from a to b of which one kind of step ends with a defect; its record ends with the stage of that name. */
    private OnlineSwitch.End end(Class<? extends OnlineStep> broken, String lastStage) {
        SwitchActs acts = made(SwitchActs.class, (method, first) -> {
            if (method.getDeclaringClass() != OnlineStep.Cases.class) {
                return ANSWERS.get(method.getName());
            }
            if (broken.isInstance(first)) {
                throw new IllegalStateException("not thought of");
            }
            done.add((OnlineStep) first);
            return "";
        });
        OnlineRecord record = made(OnlineRecord.class, (method, first) -> {
            if (method.getName().equals(lastStage)) {
                throw new ReportException("app1.journal: cannot be written: No space left on device");
            }
            return null;
        });
        EventLog log = EventLog.toStream(
                new PrintStream(told, true, StandardCharsets.UTF_8), Level.INFO, Clock.systemUTC(), ZoneOffset.UTC);
        return new OnlineSwitch(() -> {}, record, acts, TIME, log).run(plan());
    }

    private OnlinePlan plan() {
        OnlineWishes wishes = new OnlineWishes(Optional.empty(), false, true, true, false, OnlineWishes.Limits.DEFAULT);
        return TreeRules.read(scenario.application(), scenario.snapshot(), Prior.NOTHING)
                .match(
                        tree -> OnlinePlan.of(new OnlineFacts(scenario.application(), tree, wishes), scenario.id("b")),
                        reasons -> {
                            throw new AssertionError(reasons);
                        });
    }

    /** What a call answers. */
    @FunctionalInterface
    private interface Answer {
        Object to(Method method, Object first);
    }

    private <T> T made(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answer.to(method, arguments == null ? method : arguments[0])));
    }

    @Test
    void a_defect_while_writes_are_stopped_is_undone_like_any_failure() {
        OnlineSwitch.End end = end(OnlineStep.ProveEqual.class, "");

        assertThat(end).isInstanceOf(OnlineSwitch.End.Undone.class);
        assertThat(((OnlineSwitch.End.Undone) end).why())
                .contains("a defect of mha4j")
                .contains("not thought of");
        assertThat(done).contains(closes).doesNotContain(opens);
        assertThat(done.get(done.size() - 1)).isEqualTo(new OnlineStep.AllowWrites(scenario.id("a")));
        assertThat(told.toString(StandardCharsets.UTF_8)).contains("at io.mha4j.");
    }

    @Test
    void a_defect_behind_the_opening_is_a_step_that_failed() {
        OnlineSwitch.End end = end(OnlineStep.Repoint.class, "");

        assertThat(((OnlineSwitch.End.Done) end).failed()).containsExactly(moves);
    }

    @Test
    void slaves_are_moved_though_the_opening_cannot_be_written_down() {
        OnlineSwitch.End end = end(OnlineStep.CloseAgain.class, "opened");

        assertThat(((OnlineSwitch.End.Done) end).complete()).isTrue();
        assertThat(done).contains(opens, moves);
        assertThat(told.toString(StandardCharsets.UTF_8))
                .contains("is open, and that could not be written down: app1.journal: cannot be written");
    }
}
