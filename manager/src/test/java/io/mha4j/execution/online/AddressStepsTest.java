package io.mha4j.execution.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.base.ServerId;
import io.mha4j.decision.online.OnlineFacts;
import io.mha4j.decision.online.OnlineStep;
import io.mha4j.decision.online.OnlineWishes;
import io.mha4j.hooks.HookRunner;
import io.mha4j.hooks.Movers;
import io.mha4j.remote.LocalRunner;
import io.mha4j.remote.ThisMachine;
import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import io.mha4j.scenario.Scenario;
import io.mha4j.topology.Prior;
import io.mha4j.topology.TreeRules;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The address is moved without asking who else has it, so it must be where it is taken from. */
final class AddressStepsTest {
    private static final String HELD = "device eth0\ntool arping\nheld 10.0.0.9/24 eth0\n";
    private static final String NOT_HELD = "device eth0\ntool arping\n";

    private final Scenario scenario = Scenario.of("servers  vip=10.0.0.9/24", "  a  source", "  b  replica");
    private final ServerId old = scenario.id("a");
    private final ServerId next = scenario.id("b");
    private final Map<ServerId, String> answers = Collections.synchronizedMap(new HashMap<>());
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final AddressSteps steps = steps();

    private AddressSteps steps() {
        EventLog log = EventLog.toStream(
                new PrintStream(told, true, StandardCharsets.UTF_8),
                Level.INFO,
                InstantSource.system(),
                ZoneOffset.UTC);
        OnlineFacts facts = TreeRules.read(scenario.application(), scenario.snapshot(), Prior.NOTHING)
                .match(t -> new OnlineFacts(scenario.application(), t, OnlineWishes.DEFAULT), reasons -> {
                    throw new AssertionError(reasons);
                });
        Movers movers = new Movers(new HookRunner(new LocalRunner()), settings -> new ThisMachine() {
            @Override
            public Result run(List<String> argv, Deadline deadline) {
                return Optional.ofNullable(answers.get(settings.id()))
                        .map(answer -> new Result(0, answer, ""))
                        .orElseThrow(() -> new CommandException("no route to " + settings.id()));
            }
        });
        return new AddressSteps(facts, movers, log, () -> 0);
    }

    private String told() {
        return told.toString(StandardCharsets.UTF_8);
    }

    @Test
    void one_that_is_at_neither_server_is_not_moved() {
        answers.putAll(Map.of(old, NOT_HELD, next, NOT_HELD));
        assertThatThrownBy(() -> steps.prepare(old, next))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("vip 10.0.0.9/24 is at neither of " + old + " and " + next);
    }

    @Test
    void one_that_is_at_either_is() {
        answers.putAll(Map.of(old, HELD, next, NOT_HELD));
        steps.prepare(old, next);
        answers.putAll(Map.of(old, NOT_HELD, next, HELD));
        steps.prepare(old, next);
        steps.move(new OnlineStep.MoveAddress(next, old));
        assertThat(told()).contains("Giving the virtual address to " + next);
    }

    @Test
    void a_switch_that_is_given_up_takes_it_from_the_one_that_may_have_got_it() {
        answers.put(next, "10.0.0.9/24 was taken off eth0\n10.0.0.9 is not there\n");
        assertThat(steps.takeBack(next, old, false)).isTrue();
        assertThat(told()).contains("Taking the virtual address from " + next, "was taken off eth0");
    }

    @Test
    void a_host_out_of_reach_may_keep_it() {
        assertThat(steps.takeBack(next, old, false)).isFalse();
        assertThat(told()).contains("not known to be gone", "no route to " + next);
        assertThat(steps.spent()).isEqualTo(Duration.ZERO);
    }
}
