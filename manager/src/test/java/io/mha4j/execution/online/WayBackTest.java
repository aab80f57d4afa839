package io.mha4j.execution.online;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.CommandException;
import io.mha4j.base.ServerId;
import io.mha4j.decision.online.OnlineStep;
import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import io.mha4j.scenario.Scenario;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

final class WayBackTest {
    private static final Duration SLOW = Duration.ofSeconds(40);

    private final Scenario scenario = Scenario.of("servers", "  a  source", "  b  replica");
    private final ServerId old = scenario.id("a");
    private final ServerId next = scenario.id("b");
    private final OnlineStep semiSync = new OnlineStep.SemiSyncSource(next, false);
    private final OnlineStep block = new OnlineStep.BlockWrites(old, false);
    private final AtomicLong now = new AtomicLong();

    /** Steps of these take long, and fail. */
    private WayBack.Result undone(Predicate<OnlineStep> failing) {
        Object steps = Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {OnlineStep.Cases.class}, (self, method, arguments) -> {
                    if (failing.test((OnlineStep) arguments[0])) {
                        now.addAndGet(SLOW.toNanos());
                        throw new CommandException("it does not");
                    }
                    return "";
                });
        @SuppressWarnings("unchecked")
        OnlineStep.Cases<String> cases = (OnlineStep.Cases<String>) steps;
        EventLog log = EventLog.toStream(
                new PrintStream(OutputStream.nullOutputStream()), Level.DEBUG, Clock.systemUTC(), ZoneOffset.UTC);
        return new WayBack(cases, new OnlineSteps.Time(now::get, pause -> now.addAndGet(pause.toNanos())), log)
                .undo(List.of(semiSync, block), () -> {});
    }

    private static String last(WayBack.Result result) {
        return OnlineWords.undone(
                new ServerId(0, "server1", "a", "10.0.0.1", 3306),
                new OnlineSwitch.End.Undone("it broke", Duration.ofMillis(7), result.left()));
    }

    @Test
    void nothing_was_changed_where_everything_was_put_back() {
        WayBack.Result result = undone(step -> false);

        assertThat(result).isEqualTo(new WayBack.Result(true, 0, List.of()));
        assertThat(last(result)).contains("as before; nothing was changed").endsWith("it broke");
    }

    @Test
    void what_only_concerns_replicas_and_could_not_be_put_back_is_told_with_the_end() {
        WayBack.Result result = undone(step -> step.server().equals(next));

        assertThat(result.open()).isTrue();
        assertThat(result.left()).containsExactly(OnlineWords.of(new OnlineStep.SemiSyncSource(next, true)));
        assertThat(last(result)).doesNotContain("nothing was changed").endsWith("Left to be done by hand:");
    }

    @Test
    void clients_do_not_wait_for_what_only_concerns_replicas() {
        assertThat(undone(step -> step.server().equals(next)).openSince()).isZero();
        assertThat(now).hasValue(SLOW.toNanos());
    }

    @Test
    void an_old_source_that_stays_closed_is_no_end() {
        assertThat(undone(step -> step.server().equals(old)).open()).isFalse();
    }
}
