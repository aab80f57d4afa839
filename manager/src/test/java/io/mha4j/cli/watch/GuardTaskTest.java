package io.mha4j.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.config.Application;
import io.mha4j.config.ChangedApplication;
import io.mha4j.decision.FailoverSummary;
import io.mha4j.decision.LossVerdict;
import io.mha4j.decision.StepResult;
import io.mha4j.scenario.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** {@code a} died first, and {@code b} was opened. */
final class GuardTaskTest {
    private final Scenario scenario = Scenario.of("servers", "  a  source", "  b  replica", "  c  replica");
    private final Application app = ChangedApplication.guardedFor(scenario.application(), Duration.ofMinutes(10));

    private Optional<FailoverSummary> opened(String name, StepResult.Fence fence) {
        return Optional.of(new FailoverSummary(
                scenario.id(name),
                Optional.empty(),
                new TreeSet<>(),
                new TreeMap<>(),
                true,
                Optional.empty(),
                List.of(),
                new LossVerdict.Unknown("the source's binary log was not read"),
                new StepResult.Fenced(fence, false, false, "SSH does not answer")));
    }

    private Optional<Guard.Task> after(Optional<FailoverSummary> end, String old, Optional<Guard.Task> earlier) {
        return Guard.Task.after(end, app, scenario.id(old), earlier);
    }

    private static String of(Optional<Guard.Task> task) {
        return task.map(t -> t.old().id().host() + " beside " + t.present().id().host())
                .orElse("nobody");
    }

    @Test
    void what_cannot_be_proven_to_be_stopped_is_guarded() {
        assertThat(of(after(opened("b", StepResult.Fence.UNKNOWN), "a", Optional.empty())))
                .isEqualTo("a beside b");
        assertThat(of(after(opened("b", StepResult.Fence.PROVEN), "a", Optional.empty())))
                .isEqualTo("nobody");
        assertThat(of(after(Optional.empty(), "a", Optional.empty()))).isEqualTo("nobody");
    }

    @Test
    void guard_time_0_wants_nobody_guarded() {
        Application none = ChangedApplication.guardedFor(app, Duration.ZERO);
        assertThat(Guard.Task.after(opened("b", StepResult.Fence.UNKNOWN), none, scenario.id("a"), Optional.empty()))
                .isEmpty();
    }

    @Test
    void a_later_failover_leaves_the_first_old_master_under_guard() {
        Optional<Guard.Task> first = after(opened("b", StepResult.Fence.UNKNOWN), "a", Optional.empty());
        assertThat(of(after(Optional.empty(), "b", first))).isEqualTo("a beside b");
        assertThat(of(after(opened("c", StepResult.Fence.PROVEN), "b", first))).isEqualTo("a beside c");
        assertThat(of(after(opened("c", StepResult.Fence.UNKNOWN), "b", first))).isEqualTo("b beside c");
        assertThat(of(after(opened("a", StepResult.Fence.PROVEN), "b", first))).isEqualTo("nobody");
    }
}
