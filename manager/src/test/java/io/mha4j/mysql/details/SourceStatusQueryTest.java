package io.mha4j.mysql.details;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.binlog.BinlogPosition;
import io.mha4j.mysql.ScriptedServer;
import io.mha4j.mysql.ServerSession;
import io.mha4j.topology.details.SourceStatus;
import io.mha4j.topology.details.SourceStatus.Acknowledging;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a source says of how far it is and who acknowledges its commits. */
@Timeout(60)
final class SourceStatusQueryTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final List<String> VALUE = List.of("Variable_name", "Value");
    private static final List<String> PROCESS = List.of("Id", "State", "Time");
    private static final String PROCESSES = "SHOW PROCESSLIST";
    private static final Acknowledging USUAL =
            new Acknowledging(true, true, true, Duration.ofSeconds(10), 2, 3, Duration.ZERO);

    private static final Map<String, String> SETTINGS = Map.of(
            "enabled", "ON",
            "timeout", "10000",
            "wait_for_slave_count", "2",
            "wait_no_slave", "ON",
            "wait_point", "AFTER_SYNC");
    private static final Map<String, String> STATUS =
            Map.of("clients", "3", "no_times", "5", "status", "ON", "wait_sessions", "0");

    private static List<List<String>> named(Map<String, String> usual, String... others) {
        Map<String, String> values = new TreeMap<>(usual);
        for (int i = 0; i < others.length; i += 2) {
            values.put(others[i], others[i + 1]);
        }
        List<List<String>> rows = new ArrayList<>();
        values.forEach((name, value) -> rows.add(List.of("Rpl_semi_sync_master_" + name, value)));
        return rows;
    }

    private static ScriptedServer server() throws IOException {
        return new ScriptedServer("8.0.15")
                .answering(SourceStatusQuery.SETTINGS.text(), VALUE, named(SETTINGS))
                .answering(SourceStatusQuery.STATUS.text(), VALUE, named(STATUS))
                .answering("SHOW SLAVE HOSTS", List.of("Server_id"), List.of(List.of("2"), List.of("3")))
                .answering("SHOW MASTER STATUS", List.of("File", "Position"), List.of(List.of("bin.000007", "900")));
    }

    private static SourceStatus asked(ScriptedServer server) {
        try (ServerSession session = ServerSession.open(server.settings("x"), ScriptedServer.deadline())) {
            return new SourceStatusQuery(session, () -> NOW).ask(ScriptedServer.deadline());
        }
    }

    private static Acknowledging waiting(ScriptedServer server) {
        return asked(server).acknowledging().orElseThrow();
    }

    @Test
    void it_tells_how_commits_wait_and_who_is_connected() throws IOException {
        try (ScriptedServer server = server()) {
            assertThat(asked(server))
                    .isEqualTo(new SourceStatus(
                            NOW,
                            new BinlogPosition("bin.000007", 900),
                            Optional.empty(),
                            Optional.of(USUAL),
                            Optional.of(List.of(2L, 3L))));
        }
    }

    @Test
    void without_semi_sync_nothing_is_said_of_slaves() throws IOException {
        try (ScriptedServer server =
                server().answering(SourceStatusQuery.SETTINGS.text(), VALUE, named(SETTINGS, "enabled", "OFF"))) {
            assertThat(asked(server).acknowledging()).isEmpty();
            assertThat(asked(server).registered()).isEmpty();
        }
    }

    /** As those set it who never want to give the waiting up. */
    @Test
    void the_longest_timeout_that_a_server_knows_is_understood() throws IOException {
        try (ScriptedServer server = server().answering(
                        SourceStatusQuery.SETTINGS.text(), VALUE, named(SETTINGS, "timeout", "18446744073709551615"))) {
            assertThat(waiting(server).timeout()).isEqualTo(Duration.ofMillis(Long.MAX_VALUE));
        }
    }

    @Test
    void the_commit_that_has_waited_longest_counts() throws IOException {
        String state = "Waiting for semi-sync ACK from slave";
        try (ScriptedServer server = server().answering(
                        PROCESSES,
                        PROCESS,
                        List.of(List.of("7", state, "3"), List.of("8", state, "4"), List.of("9", "init", "60")))) {
            assertThat(waiting(server).waited()).isEqualTo(Duration.ofSeconds(5));
        }
    }

    @Test
    void one_that_waits_unseen_may_have_done_so_to_the_end() throws IOException {
        try (ScriptedServer server =
                server().answering(SourceStatusQuery.STATUS.text(), VALUE, named(STATUS, "wait_sessions", "1"))) {
            assertThat(waiting(server).waited()).isEqualTo(USUAL.timeout());
        }
    }

    @Test
    void one_that_began_to_wait_behind_the_list_is_looked_for_again() throws IOException {
        String status = SourceStatusQuery.STATUS.text();
        try (ScriptedServer server = server().answering(status, VALUE, named(STATUS, "wait_sessions", "1"))) {
            AtomicInteger lists = new AtomicInteger();
            server.answering(PROCESSES, PROCESS, List.of());
            server.doing(PROCESSES, () -> {
                if (lists.incrementAndGet() == 2) {
                    server.answering(status, VALUE, named(STATUS));
                }
            });
            assertThat(waiting(server).waited()).isZero();
            assertThat(lists).hasValue(2);
        }
    }

    @Test
    void one_that_gave_the_waiting_up_meanwhile_did_not_wait() throws IOException {
        String status = SourceStatusQuery.STATUS.text();
        try (ScriptedServer server = server()) {
            server.doing(status, () -> server.answering(status, VALUE, named(STATUS, "no_times", "6")));
            assertThat(waiting(server).on()).isFalse();
        }
        try (ScriptedServer server = server().answering(status, VALUE, named(STATUS, "status", "OFF"))) {
            assertThat(waiting(server).on()).isFalse();
        }
    }
}
