package io.mha4j.decision.death;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.scenario.RecordedUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeeperTest {
    private static final String SLICE = "/system.slice/";
    private static final Map<String, String> AT_REST = Map.of("Restart", "no", "ActiveState", "failed");

    @ParameterizedTest
    @ValueSource(strings = {"mysqld_safe", "mariadbd-safe", "supervisord", "runsv", "java", "bash", "containerd-shim"})
    void any_parent_of_its_own_may_start_it_again(String parent) {
        Keeper keeper = new Keeper(new Keeper.Parent(4711, parent), "init", false, Optional.empty());
        assertThat(proof(keeper)).isInstanceOf(Proof.Unknown.class);
        assertThat(proof(keeper).what()).contains("4711", parent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"init", "tini", "dumb-init", "docker-init", "catatonit"})
    void a_first_process_that_only_takes_in_orphans_starts_nothing(String init) {
        assertThat(proof(orphan(init, Optional.empty()))).isInstanceOf(Proof.Shown.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"supervisord", "s6-svscan", "sh", "bash", "java", "runit", ""})
    void any_other_first_process_may_start_it_again(String init) {
        assertThat(proof(orphan(init, Optional.empty()))).isInstanceOf(Proof.Unknown.class);
    }

    @Test
    void an_init_with_tables_of_its_own_may_start_it_again() {
        Keeper keeper = new Keeper(new Keeper.Parent(1, "init"), "init", true, Optional.empty());
        assertThat(proof(keeper)).isInstanceOf(Proof.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"on-failure", "on-abort", "on-abnormal", "on-watchdog", "on-success", "always"})
    void a_unit_that_restarts_keeps_it(String restart) {
        Proof proof = unit(Map.of("Restart", restart, "ActiveState", "failed"));
        assertThat(proof).isInstanceOf(Proof.Refuted.class);
        assertThat(proof.what()).contains("mysql.service: Restart=" + restart);
    }

    @ParameterizedTest
    @ValueSource(strings = {"active", "failed", "inactive"})
    void a_unit_at_rest_that_does_not_restart_leaves_it(String state) {
        assertThat(unit(Map.of("Restart", "no", "ActiveState", state, "Job", "", "OnFailure", "")))
                .isInstanceOf(Proof.Shown.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"activating", "deactivating", "reloading", "maintenance", ""})
    void a_unit_that_is_busy_may_do_anything(String state) {
        assertThat(unit(Map.of("Restart", "no", "ActiveState", state))).isInstanceOf(Proof.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource({
        "Job,1234",
        "OnFailure,restart-mysql.service",
        "TriggeredBy,mysql.path",
        "RestartForceExitStatus,SIGKILL"
    })
    void what_else_may_bring_a_unit_back_is_heard(String property, String value) {
        Map<String, String> state = new HashMap<>(AT_REST);
        state.put(property, value);
        assertThat(unit(AT_REST)).isInstanceOf(Proof.Shown.class);
        assertThat(unit(state)).isNotInstanceOf(Proof.Shown.class);
    }

    @Test
    void a_unit_of_which_systemd_tells_nothing_may_do_anything() {
        assertThat(unit(Map.of())).isInstanceOf(Proof.Unknown.class);
        assertThat(proof(orphan("systemd", Optional.of(SLICE + "mysql.service"))))
                .isInstanceOf(Proof.Unknown.class);
    }

    /** As a real systemd told it. */
    @ParameterizedTest
    @CsvSource({
        "'killed, Restart=no', SHOWN",
        "'running, Restart=no', SHOWN",
        "'masked and stopped, Restart=no', SHOWN",
        "'killed, Restart=on-failure', REFUTED",
        "'stopped, Restart=on-failure', REFUTED",
        "'starting, Restart=on-failure', REFUTED",
        "'killed and started by somebody, Restart=no', REFUTED",
        "'killed, RestartForceExitStatus=SIGKILL', UNKNOWN"
    })
    void what_systemd_said_is_understood(String moment, Verdict verdict) {
        assertThat(unit(RecordedUnit.at(moment).properties())).isInstanceOf(verdict.kind);
    }

    private enum Verdict {
        SHOWN(Proof.Shown.class),
        REFUTED(Proof.Refuted.class),
        UNKNOWN(Proof.Unknown.class);

        private final Class<? extends Proof> kind;

        Verdict(Class<? extends Proof> kind) {
            this.kind = kind;
        }
    }

    @Test
    void what_was_started_in_a_login_has_no_unit() {
        String scope = "/user.slice/user-0.slice/session-4.scope";
        assertThat(proof(orphan("systemd", Optional.of(scope)))).isInstanceOf(Proof.Shown.class);
        assertThat(proof(orphan("systemd", Optional.of("/")))).isInstanceOf(Proof.Unknown.class);
        assertThat(proof(orphan("systemd", Optional.empty()))).isInstanceOf(Proof.Unknown.class);
    }

    @Test
    void whoever_runs_in_its_data_directory_already_has_started_it_again() {
        Proof proof =
                orphan("init", Optional.empty()).notRestarted(Optional.empty(), Optional.of("mysqld, process 12"));
        assertThat(proof).isInstanceOf(Proof.Refuted.class);
    }

    private static Keeper orphan(String init, Optional<String> cgroup) {
        return new Keeper(new Keeper.Parent(1, init), init, false, cgroup);
    }

    private static Proof unit(Map<String, String> properties) {
        return orphan("systemd", Optional.of(SLICE + "mysql.service"))
                .notRestarted(Optional.of(new UnitState(properties)), Optional.empty());
    }

    private static Proof proof(Keeper keeper) {
        return keeper.notRestarted(Optional.empty(), Optional.empty());
    }
}
