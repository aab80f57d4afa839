package io.mha4j.lab.demo;

import io.mha4j.lab.base.Waiter;
import io.mha4j.lab.demo.Summary.OldSource;
import io.mha4j.lab.server.LabServer;
import io.mha4j.lab.stage.Layout;
import io.mha4j.lab.stage.LiveLog;
import io.mha4j.lab.stage.ProgramRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Brings the old source home by {@code masterha rejoin}, as its operator would. */
record Homecoming(Layout layout, Path conf, Waiter waiter, Consumer<String> says) {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration SETTLE_LIMIT = Duration.ofSeconds(20);

    /** {@code old} runs again. */
    OldSource of(LabServer old, LabServer newSource) {
        List<String> argv = List.of(
                layout.bin().resolve("masterha").toString(),
                "rejoin",
                "--conf=" + conf,
                "--host=" + old.host(),
                "--port=" + old.port(),
                "--interactive=0");
        says.accept("started " + String.join(" ", argv));
        Path output = conf.resolveSibling("rejoin.out");
        try (ProgramRun rejoin = ProgramRun.start(argv, layout.root(), Map.of(), output);
                LiveLog log = LiveLog.of(output, line -> says.accept("rejoin  | " + line), waiter)) {
            int exit = rejoin.await(waiter.in(LIMIT));
            log.close();
            says.accept("masterha rejoin ended with exit code " + exit);
            if (exit == 0) {
                waiter.until(waiter.in(SETTLE_LIMIT), () -> Demo.follows(old, newSource) && Demo.equal(old, newSource));
            }
            return new OldSource(
                    Demo.name(old),
                    exit,
                    Demo.follows(old, newSource),
                    Demo.equal(old, newSource),
                    old.value("SELECT @@global.read_only").filter("1"::equals).isPresent());
        }
    }
}
