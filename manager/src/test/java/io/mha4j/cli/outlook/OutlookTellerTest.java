package io.mha4j.cli.outlook;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.config.Application;
import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import io.mha4j.scenario.Scenario;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the log gets; nobody is to get alarms. */
final class OutlookTellerTest {
    private final Application app =
            Scenario.of("servers", "  a  source", "  b  replica").application();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final OutlookTeller teller = new OutlookTeller(EventLog.toStream(
            new PrintStream(bytes, true, StandardCharsets.UTF_8), Level.INFO, InstantSource.system(), ZoneOffset.UTC));

    private List<String> afterLook(List<String> obstacles, String... warnings) {
        return after(obstacles, Optional.of(List.of(warnings)));
    }

    private List<String> after(List<String> obstacles, Optional<List<String>> warnings) {
        return after(Optional.of("a"), obstacles, warnings);
    }

    private List<String> after(Optional<String> master, List<String> obstacles, Optional<List<String>> warnings) {
        bytes.reset();
        teller.tell(
                app,
                new Outlook(
                        master,
                        obstacles,
                        warnings,
                        Optional.of("b"),
                        "",
                        Outage.UNKNOWN,
                        List.of(),
                        "nothing",
                        Unreceived.UNKNOWN));
        return Arrays.stream(bytes.toString(StandardCharsets.UTF_8).split("\n", -1))
                .filter(line -> !line.isEmpty())
                .map(line -> line.replaceFirst(".* - ", ""))
                .toList();
    }

    @Test
    void what_keeps_clients_away_is_told_when_it_begins_and_when_it_is_over() {
        assertThat(afterLook(List.of())).isEmpty();
        assertThat(afterLook(List.of(), "vip is nowhere.")).containsExactly("[warning] vip is nowhere.");
        assertThat(afterLook(List.of(), "vip is nowhere.")).isEmpty();
        assertThat(afterLook(List.of())).containsExactly("[info] This is over: vip is nowhere.");
    }

    @Test
    void nothing_is_over_because_it_cannot_be_told() {
        assertThat(afterLook(List.of(), "vip is nowhere.")).hasSize(1);
        assertThat(after(List.of(), Optional.empty())).isEmpty();
        assertThat(afterLook(List.of(), "vip is nowhere.")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "b lacks 100 bytes, 1 min ago.    | b lacks 2000 bytes, 12 min ago.",
                "b is delayed by 5 s              | b is delayed by 3600 s",
                "b (at least 200 bytes left to execute)"
                        + " | b (about 900 bytes left to execute; a guess, for whole log files among them: 2)",
                "b (read up to bin.000007:650 and cannot be levelled) | b (read up to bin.000008:4 and cannot be levelled)",
                "errant transactions 3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5,a:7"
                        + " | errant transactions 3e11fa47-71ca-11e1-9e33-c80aa9429562:1-9:12,a:7",
                "errant transactions 0-2-17       | errant transactions 0-2-18",
                "errant 0-2-17,1-3-4.             | errant 0-2-18,1-3-5.",
                "(conn=17) Access denied          | (conn=18) Access denied",
                "no answer within 1.5 s           | no answer within 3 s"
            })
    void what_differs_in_its_figures_only_is_no_news(String before, String after) {
        assertThat(afterLook(List.of(before))).hasSize(1);
        assertThat(afterLook(List.of(after))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "b lacks 100 bytes                | c2 lacks 100 bytes",
                "db1(10.0.0.1:3306) is dead       | db1(10.0.0.2:3306) is dead",
                "db1(10.0.0.1:3306) is dead       | db1(10.0.0.1:3307) is dead",
                "10.0.0.1(10.0.0.1:3306) is dead  | 10.0.0.2(10.0.0.2:3306) is dead",
                "db-1 is dead                     | db-2 is dead",
                "it is newer than 5.7.22          | it is newer than 8.0.15",
                "errant transactions 0-2-17       | errant transactions 0-3-17",
                "ip-10-0-1-24 is dead             | ip-10-0-1-25 is dead",
                "ip-10-0-1-24 is dead             | ip-10-0-2-24 is dead",
                "10-0-1-24.db.example is dead     | 10-0-2-24.db.example is dead",
                "b is broken: Error 1062: x       | b is broken: Error 1236: x",
                "b is broken: error code 1062     | b is broken: error code 1236",
                "b is broken: (errno: 2)      | b is broken: (errno: 28)",
                "the script ends: exit status 2   | the script ends: exit status 3"
            })
    void another_server_or_version_is_news(String before, String after) {
        assertThat(afterLook(List.of(before))).hasSize(1);
        assertThat(afterLook(List.of(after)))
                .anySatisfy(line -> assertThat(line).endsWith("NO FAILOVER: " + after));
    }

    @Test
    void what_is_over_is_told_though_something_else_still_forbids_a_failover() {
        assertThat(afterLook(List.of("b is broken.", "c is 5 min old."))).hasSize(2);
        assertThat(afterLook(List.of("c is 6 min old.")))
                .containsExactly("[info] This is over, but not all that forbids a failover: b is broken.");
        assertThat(afterLook(List.of())).containsExactly("[info] A failover would be possible again; new master: b");
    }

    @Test
    void a_look_that_found_no_tree_ends_nothing() {
        assertThat(afterLook(List.of("b is broken."))).hasSize(1);
        assertThat(after(Optional.empty(), List.of("nobody answers."), Optional.empty()))
                .singleElement()
                .asString()
                .endsWith("nobody answers.");
        assertThat(afterLook(List.of("b is broken.")))
                .containsExactly("[info] This is over, but not all that forbids a failover: nobody answers.");
    }

    @Test
    void what_forbids_a_failover_is_told_beside_it() {
        assertThat(afterLook(List.of("b is broken."), "vip is nowhere."))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).endsWith("NO FAILOVER: b is broken."))
                .contains("[warning] vip is nowhere.");
        assertThat(afterLook(List.of(), "vip is nowhere."))
                .containsExactly("[info] A failover would be possible again; new master: b");
    }
}
