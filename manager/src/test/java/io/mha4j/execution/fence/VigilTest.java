package io.mha4j.execution.fence;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.decision.StepResult.Fence;
import io.mha4j.decision.StepResult.Fenced;
import io.mha4j.remote.CommandRunner;
import io.mha4j.remote.Host;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** What is said of a server that came back while what started it was left. */
final class VigilTest {
    private static final String RUNS = "ours|99999999|1|1||db.service\n";
    private static final Fenced LEFT = new Fenced(Fence.GONE, true, false, "db.service may start it again: it is gone");

    private static Fenced watched(String shown, String... looks) {
        Queue<String> seen = new ArrayDeque<>(List.of(looks));
        Host host = (Host) Proxy.newProxyInstance(
                VigilTest.class.getClassLoader(),
                new Class<?>[] {Host.class},
                (proxy, method, args) -> method.getName().equals("run")
                        ? new CommandRunner.Result(0, answer((List<?>) args[0], shown, seen), "")
                        : "db1");
        Instance instance = FakeServers.instance(65_535, Path.of("/data"));
        return new Vigil(
                        () -> FakeServers.ending(instance, host),
                        Duration.ofMillis(100),
                        FakeServers.TICKS,
                        FakeServers::pause)
                .over(LEFT, FakeServers.TICKS.nanos());
    }

    private static String answer(List<?> argv, String shown, Queue<String> looks) {
        if (argv.contains("show")) {
            return shown;
        }
        boolean isLook = argv.contains("/data");
        return isLook && !looks.isEmpty() ? looks.remove() : "";
    }

    @Test
    void one_that_ended_by_itself_again_may_still_be_started_by_the_service_that_was_left() {
        assertThat(watched("MainPID=1\n", RUNS))
                .isEqualTo(new Fenced(
                        Fence.GONE,
                        true,
                        true,
                        "it came back once: no process of it runs, and nothing listens at port 65535; before: "
                                + LEFT.how() + ", and nothing came back for 0 s"));
    }

    @Test
    void a_service_that_could_be_stopped_at_last_leaves_no_doubt() {
        Fenced fenced = watched("MainPID=99999999\n", RUNS, RUNS);
        assertThat(fenced.state()).isEqualTo(Fence.PROVEN);
        assertThat(fenced.how()).startsWith("it came back once: db.service was stopped and masked");
    }
}
