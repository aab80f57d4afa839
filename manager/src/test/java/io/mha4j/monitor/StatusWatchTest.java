package io.mha4j.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.mysql.ScriptedServer;
import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of connections that a living source does not answer over. */
@Timeout(60)
final class StatusWatchTest {
    private static final String PROCESSES = "SHOW PROCESSLIST";
    private static final String UPTIME = "SHOW GLOBAL STATUS LIKE 'Uptime'";
    private static final String CONNECTED = "SHOW GLOBAL STATUS WHERE Variable_name = 'Threads_connected'";
    private static final List<String> VALUE = List.of("Variable_name", "Value");

    private final StatusWatch.Memory memory = new StatusWatch.Memory(new LastStatus(), new LostConnections());
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final EventLog log = EventLog.toStream(
            new PrintStream(told, true, StandardCharsets.UTF_8), Level.INFO, InstantSource.system(), ZoneOffset.UTC);

    /** Pauses of so many rounds. */
    private List<Duration> pauses(ScriptedServer server, int rounds) throws InterruptedException {
        List<Duration> pauses = new ArrayList<>();
        Semaphore ended = new Semaphore(0);
        StatusWatch.Time time = new StatusWatch.Time(
                System::nanoTime,
                pause -> {
                    pauses.add(pause);
                    ended.release();
                    if (pauses.size() == rounds) {
                        new CountDownLatch(1).await();
                    }
                },
                InstantSource.system());
        try (StatusWatch watch = StatusWatch.on(server.settings(""), memory, log, time)) {
            assertThat(watch).isNotNull();
            ended.acquire(rounds);
            return pauses;
        }
    }

    private static ScriptedServer server() throws IOException {
        return new ScriptedServer("8.0.15");
    }

    @Test
    void where_nobody_can_see_whether_the_last_one_has_ended_the_next_one_comes_ever_later() throws Exception {
        try (ScriptedServer server = server().breakingOffAt(CONNECTED).breakingOffAt(PROCESSES)) {
            Duration interval = server.settings("").watching().pingInterval();
            assertThat(pauses(server, 4))
                    .containsExactly(
                            interval, interval.multipliedBy(2), interval.multipliedBy(4), interval.multipliedBy(8));
        }
    }

    @Test
    void no_other_is_kept_beside_one_that_is_still_there_though_the_configuration_was_read_again() throws Exception {
        try (ScriptedServer server = server().breakingOffAt(CONNECTED)) {
            assertThat(pauses(server, 1)).hasSize(1);
            server.answering(UPTIME, VALUE, List.of(List.of("Uptime", "1000000")))
                    .answering(
                            PROCESSES,
                            List.of("Id", "User", "Host"),
                            List.of(
                                    List.of("1", "mha", "db9:1"),
                                    List.of("2", "mha", "db9:2"),
                                    List.of("3", "mha", "db9:3")));
            assertThat(pauses(server, 2)).hasSize(2);
            assertThat(server.statements())
                    .filteredOn(s -> s.equals(CONNECTED) || s.startsWith("KILL "))
                    .containsExactly(CONNECTED, "KILL 1", "KILL 1", "KILL 2");
        }
    }

    @Test
    void what_the_server_does_not_tell_is_said_once() throws Exception {
        try (ScriptedServer server = server().refusing(CONNECTED, 1227, "Access denied; you need PROCESS")) {
            assertThat(pauses(server, 3)).hasSize(3);
            assertThat(told.toString(StandardCharsets.UTF_8).lines().toList())
                    .singleElement()
                    .asString()
                    .contains("you need PROCESS", "a failover will not know how far the master was");
        }
    }
}
