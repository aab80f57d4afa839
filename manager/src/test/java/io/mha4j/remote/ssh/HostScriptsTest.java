package io.mha4j.remote.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is sent to other hosts' shells, run by those that are here. */
@Timeout(60)
class HostScriptsTest {
    static Stream<String> shells() {
        return Stream.of("dash", "bash").filter(HostScriptsTest::isHere);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void what_a_killed_shell_s_children_started_ends_too(String shell) throws Exception {
        Process led = new ProcessBuilder("setsid", "sh", "-c", "( sh -c 'sleep 1000; :' ); :").start();
        try {
            ProcessHandle deepest = descendant(led.toHandle());
            run(shell, HostScripts.kill(Math.toIntExact(led.pid())));
            assertThat(led.waitFor(20, TimeUnit.SECONDS)).isTrue();
            deepest.onExit().get(20, TimeUnit.SECONDS);
        } finally {
            led.descendants().forEach(ProcessHandle::destroyForcibly);
            led.destroyForcibly();
        }
    }

    /** The sleep, once it is there. */
    private static ProcessHandle descendant(ProcessHandle process) {
        while (true) {
            var sleeping = process.descendants()
                    .filter(p -> p.info().command().orElse("").endsWith("/sleep"))
                    .findFirst();
            if (sleeping.isPresent()) {
                return sleeping.get();
            }
            Thread.onSpinWait();
        }
    }

    private static boolean isHere(String shell) {
        try {
            run(shell, ":");
            return true;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void run(String shell, String script) throws IOException, InterruptedException {
        new ProcessBuilder(shell, "-c", script).inheritIO().start().waitFor();
    }
}
