package io.mha4j.cli.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.config.ServerSettings.SshManner;
import io.mha4j.monitor.ssh.Pairs;
import io.mha4j.monitor.ssh.SshOutcome;
import io.mha4j.monitor.ssh.SshOutcome.Result;
import io.mha4j.monitor.ssh.SshPath;
import io.mha4j.monitor.ssh.SshPath.Need;
import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The lines that operators look for, and the same as JSON. */
class CheckSshStoryTest {
    private static final ServerSettings DB1 = Pairs.server(1, SshManner.PLAIN);
    private static final ServerSettings DB2 = Pairs.server(2, SshManner.PLAIN);
    private static final SshOutcome HERE_WORKS = outcome(Optional.empty(), DB1, Need.FAILOVER, Result.WORKS);
    private static final SshOutcome PAIR_WORKS = outcome(Optional.of(DB1), DB2, Need.BETWEEN_HOSTS, Result.WORKS);
    private static final SshOutcome PAIR_FAILED = outcome(Optional.of(DB1), DB2, Need.BETWEEN_HOSTS, Result.FAILED);
    private static final SshOutcome UNTESTED = outcome(Optional.of(DB2), DB1, Need.BETWEEN_HOSTS, Result.NOT_TESTED);
    private static final SshOutcome NO_FEED = outcome(Optional.empty(), DB1, Need.FEED, Result.FAILED);

    @Test
    void what_works_is_told_in_the_words_of_mha() {
        assertThat(told(HERE_WORKS, PAIR_WORKS))
                .contains("[info] From this host to the servers, needed for a failover: ")
                .contains("[debug]  Connecting via SSH from this host to mha@db1(10.0.0.1:22)..")
                .contains("[debug]  Connecting via SSH from mha@db1(10.0.0.1:22) to mha@db2(10.0.0.2:22)..")
                .contains("[debug]   ok.")
                .contains("[info] All SSH connection tests passed successfully.");
    }

    @Test
    void what_fails_is_told_with_its_reason() {
        assertThat(told(HERE_WORKS, PAIR_FAILED, UNTESTED))
                .contains("SSH connection from mha@db1(10.0.0.1:22) to mha@db2(10.0.0.2:22) failed! because")
                .contains("[warning]  SSH from mha@db2(10.0.0.2:22) to mha@db1(10.0.0.1:22) was not tested: because")
                .contains("SSH Configuration Check Failed!")
                .doesNotContain("passed successfully");
    }

    @Test
    void a_host_that_leads_no_port_here_is_a_warning_only() {
        assertThat(told(HERE_WORKS, NO_FEED))
                .contains("[warning]  because")
                .contains("All SSH connection tests passed successfully.");
    }

    @Test
    void json_says_the_same() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Application app = new Application(
                "app1", "app1.cnf", "/var/tmp", Optional.empty(), "info", List.of(DB1, DB2), List.of(), List.of());
        CheckSshJson.print(app, List.of(HERE_WORKS, PAIR_FAILED), out);

        JsonNode json = new ObjectMapper().readTree(out.toByteArray());
        assertThat(json.get("passed").asBoolean()).isFalse();
        JsonNode pair = json.get("connections").get(1);
        assertThat(json.get("connections").get(0).get("from").isNull()).isTrue();
        assertThat(pair.get("from").asText()).isEqualTo("mha@db1(10.0.0.1:22)");
        assertThat(pair.get("needed_for").asText()).isEqualTo("between_hosts");
        assertThat(pair.get("result").asText()).isEqualTo("failed");
        assertThat(pair.get("why").asText()).isEqualTo("because");
        assertThat(pair.get("milliseconds").asLong()).isEqualTo(12);
    }

    private static String told(SshOutcome... outcomes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        EventLog log =
                EventLog.toStream(stream, Level.DEBUG, () -> Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
        new CheckSshStory(log).tell(List.of(outcomes));
        return out.toString(StandardCharsets.UTF_8);
    }

    private static SshOutcome outcome(Optional<ServerSettings> from, ServerSettings to, Need need, Result result) {
        Optional<String> why = result == Result.WORKS ? Optional.empty() : Optional.of("because");
        return new SshOutcome(new SshPath(from, to, need), result, why, Duration.ofMillis(12));
    }
}
