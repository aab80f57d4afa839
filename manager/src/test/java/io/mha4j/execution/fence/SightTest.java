package io.mha4j.execution.fence;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.execution.fence.Sight.ProcessId;
import io.mha4j.execution.fence.Sight.Running;
import io.mha4j.scenario.RecordedUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is made of the words of {@code /proc} and of systemd. */
final class SightTest {
    @Test
    void a_process_is_read_with_what_stands_above_it() {
        assertThat(Sight.parse("ours|4711|99|4700| 4700:90 4690:80|mysqld.service\n")
                        .ours())
                .containsExactly(new Running(
                        new ProcessId(4711, "99"),
                        4700,
                        List.of(new ProcessId(4700, "90"), new ProcessId(4690, "80")),
                        Optional.of("mysqld.service")));
    }

    @Test
    void a_process_that_may_not_be_looked_at_is_a_doubt_and_no_absence() {
        Sight sight = Sight.parse("hidden|process 7 (mysqld)\n");
        assertThat(sight.gone()).isFalse();
        assertThat(sight.doubts().get(0)).contains("process 7 (mysqld)", "ssh_sudo=1");
    }

    @Test
    void a_host_without_proc_tells_nothing() {
        assertThat(Sight.parse("blind\n").gone()).isFalse();
        assertThat(Sight.parse("").gone()).isTrue();
    }

    private static Unit recorded(String moment) {
        return Unit.parse("mysql.service", RecordedUnit.at(moment).shown());
    }

    /** As a real systemd told it: a server under Type=notify is the main process itself. */
    @Test
    void the_service_of_a_server_is_known_by_its_main_process() {
        Unit unit = recorded("running, Restart=on-failure");
        assertThat(unit.runs(running(39))).isTrue();
        assertThat(unit.runs(running(40))).isFalse();
    }

    /** As a real systemd told it: under Type=simple with a shell like mysqld_safe, that is the main process. */
    @Test
    void or_by_the_mysqld_safe_above_it() {
        Unit unit = recorded("running under a shell, Restart=no");
        assertThat(unit.runs(Sight.parse("ours|150|99|149| 149:90|mysql.service")
                        .ours()
                        .get(0)))
                .isTrue();
    }

    /** As a real systemd told it: a service has a control process while it starts, and none of its own when it is over. */
    @Test
    void a_service_that_starts_runs_what_starts_it_and_one_that_is_over_runs_nothing() {
        assertThat(recorded("starting, Restart=on-failure").runs(running(35))).isTrue();
        assertThat(recorded("starting, Restart=on-failure").runs(running(39))).isFalse();
        assertThat(recorded("killed, Restart=no").runs(running(64))).isFalse();
    }

    /** A container's or a user's manager: it has the server among others, and stopping it would end them all. */
    @Test
    void a_service_with_another_main_process_is_not_the_servers() {
        assertThat(Unit.parse("docker.service", "MainPID=800\nControlPID=0\n").runs(running(4711)))
                .isFalse();
        assertThat(Unit.parse("gone.service", "").runs(running(4711))).isFalse();
    }

    private static Running running(long pid) {
        return new Running(new ProcessId(pid, "99"), 1, List.of(), Optional.of("x.service"));
    }
}
