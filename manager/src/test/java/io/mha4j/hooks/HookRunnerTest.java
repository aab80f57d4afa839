package io.mha4j.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.Deadline;
import io.mha4j.base.Secret;
import io.mha4j.config.ServerSettings;
import io.mha4j.hooks.HookResult.Outcome;
import io.mha4j.remote.LocalRunner;
import io.mha4j.remote.TestProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HookRunnerTest {
    private final HookRunner runner = new HookRunner(new LocalRunner());
    private final ServerSettings db1 = Servers.plain("db1", "10.0.0.1");

    @TempDir
    private Path dir = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "",
                " ",
                "it's",
                "a\"b\\c$HOME`id`!",
                "$(touch x);|&<>#~*?[]{}()",
                "--command=stop",
                "line\nbreak\ttab",
                "üñ€"
            })
    void a_hostile_password_arrives_unharmed(String password) throws IOException {
        ServerSettings db2 = Servers.of(
                db1.id(), db1.ssh(), new Secret(password), db1.paths().pidFile());
        Path seen = dir.resolve("seen");
        String script = script("for a in \"$@\"; do case $a in --new_master_password=*)"
                + " printf %s \"${a#--new_master_password=}\" > '" + seen + "'; esac; done; printf '%s\\n' \"$*\"");

        HookResult result = runner.run(new IpFailoverScript(script).start(db1, true, db2), within(20));

        assertThat(result.outcome()).as(result.toString()).isEqualTo(Outcome.OK);
        assertThat(Files.readString(seen)).isEqualTo(password);
        if (!password.isBlank()) {
            assertThat(String.join("\n", result.output()))
                    .contains("--new_master_password=***")
                    .doesNotContain(password);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "", "it's", "a\"b\\c$HOME`id`!", "line\nbreak\ttab", "üñ€"})
    void in_the_environment_it_arrives_as_unharmed_and_is_no_argument_of_any_process(String password)
            throws IOException {
        ServerSettings db2 = Servers.handingSecretsInEnvironment(db1, new Secret(password));
        Path seen = dir.resolve("seen");
        Path lines = dir.resolve("lines");
        String script = script(
                "printf %s \"$NEW_MASTER_PASSWORD\" > '" + seen + "'; cat /proc/$$/cmdline /proc/$PPID/cmdline > '"
                        + lines + "'; printf '%s\\n' \"$* $NEW_MASTER_PASSWORD\"");

        HookCall call = new IpFailoverScript(script).start(db1, true, db2);
        HookResult result = runner.run(call, within(20));

        assertThat(result.outcome()).as(result.toString()).isEqualTo(Outcome.OK);
        assertThat(Files.readString(seen)).isEqualTo(password);
        assertThat(Files.readString(lines)).contains("--new_master_user=admin").doesNotContain("password");
        assertThat(call.toString()).startsWith("NEW_MASTER_PASSWORD=*** " + script + " --command=start");
        if (!password.isEmpty()) {
            assertThat(Files.readString(lines)).doesNotContain(password);
            assertThat(String.join("\n", result.output())).contains(" ***").doesNotContain(password);
        }
    }

    @Test
    void the_prefix_is_shell_text_with_arguments_of_its_own() throws IOException {
        String prefix = "VIP=10.1.1.1 " + script("echo \"$VIP $1 $2\"") + " '--net=eth0 eth1'";

        HookResult result = runner.run(new ShutdownScript(prefix).status(db1), within(20));

        assertThat(result.output()).containsExactly("10.1.1.1 --net=eth0 eth1 --command=status");
    }

    @Test
    void both_streams_come_in_the_order_of_writing() throws IOException {
        String script = script("echo one; echo two >&2; echo three; echo four >&2");

        HookResult result = runner.run(new ShutdownScript(script).status(db1), within(20));

        assertThat(result)
                .isEqualTo(new HookResult(Outcome.OK, "exited with status 0", List.of("one", "two", "three", "four")));
    }

    @Test
    void status_10_goes_on_only_where_the_contract_knows_it() throws IOException {
        ShutdownScript script = new ShutdownScript(script("exit 10"));

        assertThat(runner.run(script.stop(db1, true), within(20)).outcome()).isEqualTo(Outcome.GO_ON);
        assertThat(runner.run(script.status(db1), within(20)).outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void any_other_status_or_a_signal_is_a_failure_that_says_which() throws IOException {
        assertThat(runner.run(new ShutdownScript(script("exit 3")).stop(db1, true), within(20)))
                .extracting(HookResult::outcome, HookResult::sentence)
                .containsExactly(Outcome.FAILED, "exited with status 3");
        assertThat(runner.run(new ShutdownScript(script("kill -9 $$")).stop(db1, true), within(20)))
                .extracting(HookResult::outcome, HookResult::sentence)
                .containsExactly(Outcome.FAILED, "was killed by signal 9");
    }

    @Test
    void a_script_that_is_missing_or_not_executable_says_what_to_check() throws IOException {
        Path file = Files.writeString(dir.resolve("plain"), "#!/bin/sh\n");

        assertThat(runner.run(new ShutdownScript(dir.resolve("no") + " -x").status(db1), within(20))
                        .sentence())
                .isEqualTo("exited with status 127; check that its file exists and is executable: " + dir.resolve("no")
                        + " -x");
        assertThat(runner.run(new ShutdownScript(file.toString()).status(db1), within(20))
                        .sentence())
                .startsWith("exited with status 126; check");
    }

    @Test
    void a_script_that_hangs_is_killed_and_keeps_what_it_said() throws IOException {
        HookCall hanging = new IpFailoverScript(script("echo waiting; sleep 300")).stop(db1, false);
        Duration limit = Duration.ofMillis(600);
        HookResult result = runner.run(hanging, Deadline.in(limit, () -> 0));
        // On a busy machine it has not even begun by then.
        while (result.output().isEmpty() && limit.toSeconds() < 30) {
            limit = limit.multipliedBy(2);
            result = runner.run(hanging, Deadline.in(limit, () -> 0));
        }

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.sentence())
                .isEqualTo("did not end within " + limit.toMillis() / 1000.0
                        + " s and was killed, with the programs below it");
        assertThat(result.output()).containsExactly("waiting");
    }

    @Test
    void a_call_that_cannot_be_made_is_a_failure_without_the_secret() {
        ServerSettings db2 = Servers.of(db1.id(), db1.ssh(), new Secret("x".repeat(200_000)), Optional.empty());

        HookResult result = runner.run(new IpFailoverScript("true").start(db1, true, db2), within(20));

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.sentence())
                .startsWith("was not started: /bin/sh could not be started")
                .doesNotContain("xxx");
    }

    private String script(String body) throws IOException {
        return TestProgram.of(dir.resolve("hook"), "#!/bin/sh\n" + body + "\n").toString();
    }

    private static Deadline within(int seconds) {
        return Deadline.in(Duration.ofSeconds(seconds), System::nanoTime);
    }
}
