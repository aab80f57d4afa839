package io.mha4j.monitor.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.config.report.ReportSettings;
import io.mha4j.monitor.ssh.Pairs;
import io.mha4j.report.EventLog;
import io.mha4j.report.FlagFiles;
import io.mha4j.report.Level;
import io.mha4j.report.StateFiles;
import io.mha4j.topology.details.ManagerDetails;
import io.mha4j.topology.details.ManagerDetails.Hook;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ManagerLookTest {
    private static final Optional<Duration> EIGHT_HOURS = Optional.of(Duration.ofHours(8));

    @TempDir
    private Path dir = Path.of("");

    private Optional<String> problem(String script) {
        EventLog log = EventLog.toStream(
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                Level.INFO,
                InstantSource.system(),
                ZoneOffset.UTC);
        ManagerLook look = new ManagerLook(
                new StateFiles(dir, "app1"), Optional.of(log), System::nanoTime, InstantSource.system());
        return look.at(Pairs.asking(script), ReportSettings.NONE, EIGHT_HOURS).hooks().stream()
                .filter(hook -> hook.parameter().equals("secondary_check_script"))
                .findFirst()
                .flatMap(Hook::problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no_such_program -s db9", "/nowhere/check", "./check"})
    void a_program_that_is_not_there_is_told(String script) {
        assertThat(problem(script))
                .contains("cannot be started: " + script.split(" ", 2)[0] + " is no program that this account may run");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sh -c 'exit 0'",
                "LANG=C no_such_program -s db9",
                "~/no_such_program",
                "$HOME/no_such_program",
                "\"/no where/check\" -s db9",
                "'/no where/check'",
                "/no\\ where/check",
                "(no_such_program)",
                "`no_such_program`",
                "cd /nowhere && ./check",
                "exec ./check",
                "if true; then exit 0; fi"
            })
    void of_what_the_shell_makes_something_else_nothing_is_said(String script) {
        assertThat(problem(script)).isEmpty();
    }

    private ManagerDetails after(Optional<Duration> betweenFailovers) {
        InstantSource later = () -> Instant.now().plus(Duration.ofMinutes(90));
        return new ManagerLook(new StateFiles(dir, "app1"), Optional.empty(), System::nanoTime, later)
                .at(Pairs.asking("sh"), ReportSettings.NONE, betweenFailovers);
    }

    @Test
    void earlier_failovers_count_as_the_command_line_says() {
        FlagFiles flags = new FlagFiles(new StateFiles(dir, "app1"), InstantSource.system());
        flags.recordComplete();
        flags.recordError();
        assertThat(after(EIGHT_HOURS).lastFailover()).isPresent();
        assertThat(after(Optional.of(Duration.ofHours(1))).lastFailover()).isEmpty();
        assertThat(after(Optional.of(Duration.ZERO)).errorFlag()).isPresent();
        assertThat(after(Optional.empty()).lastFailover()).isEmpty();
        assertThat(after(Optional.empty()).errorFlag()).isEmpty();
    }

    @Test
    void root_writes_into_what_ext4_reserves_for_it() {
        assertThat(ManagerLook.mayUseReserve("ext4", 0)).isTrue();
        assertThat(ManagerLook.mayUseReserve("ext4", 1000)).isFalse();
        assertThat(ManagerLook.mayUseReserve("btrfs", 0)).isFalse();
    }

    @Test
    void a_full_disk_is_no_place_for_state() {
        assertThat(ManagerLook.problem(dir, OptionalLong.of(4096)).orElseThrow())
                .contains("its file system is full");
        assertThat(ManagerLook.problem(dir, OptionalLong.of(1L << 20))).isEmpty();
        assertThat(ManagerLook.problem(dir, OptionalLong.empty())).isEmpty();
    }
}
