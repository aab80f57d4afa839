package io.mha4j.report.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.base.Secret;
import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.GtidSet;
import io.mha4j.binlog.Gtids;
import io.mha4j.binlog.MariadbGtids;
import io.mha4j.decision.Outcome;
import io.mha4j.decision.Step;
import io.mha4j.decision.StepResult;
import io.mha4j.execution.level.UsualSettings;
import io.mha4j.execution.resume.FailoverJournal;
import io.mha4j.mysql.SourceTarget;
import io.mha4j.report.journal.JournalEntry;
import io.mha4j.topology.ServerState;
import io.mha4j.topology.Snapshot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFormTest {
    private static final ServerId DB1 = new ServerId(0, "server1", "db1", "192.0.2.1", 3306);
    private static final ServerId DB2 = new ServerId(1, "server/2", "db2", "2001:db8::2", 3307);
    private static final BinlogPosition PLACE = new BinlogPosition("bin.000007", 5_000_000_000L);
    private static final GtidSet MYSQL = GtidSet.parse("3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5:7");
    private static final MariadbGtids MARIADB = MariadbGtids.parse("0-1-100,1-2-7");

    private final JsonForm json = new JsonForm();

    sealed interface Shape {
        record Circle(double radius) implements Shape {
            boolean isRound() {
                return true;
            }

            public double getArea() {
                return Math.PI * radius * radius;
            }
        }

        record Nothing() implements Shape {}

        sealed interface Angular extends Shape {
            record Square(Optional<Shape> inside, List<Shape> beside) implements Angular {}
        }
    }

    record Mixed(Shape shape, Duration took, Instant at, Optional<Instant> until, Secret secret) {}

    sealed interface Unfit {
        record Plain(int kind) implements Unfit {}

        enum Constant implements Unfit {
            ONE
        }
    }

    sealed interface Twins {
        record Same() implements Twins {}

        sealed interface Inner extends Twins {
            record Same() implements Inner {}
        }
    }

    private <T> T roundTrip(T value, Class<T> type) {
        return json.read(json.line(value), type);
    }

    @Test
    void a_variant_says_its_kind_at_every_depth_and_is_read_back() {
        Shape shape = new Shape.Angular.Square(
                Optional.of(new Shape.Nothing()),
                List.of(new Shape.Circle(1.5), new Shape.Angular.Square(Optional.empty(), List.of())));
        assertThat(json.line(shape))
                .isEqualTo(
                        "{\"kind\":\"Square\",\"inside\":{\"kind\":\"Nothing\"},\"beside\":"
                                + "[{\"kind\":\"Circle\",\"radius\":1.5},{\"kind\":\"Square\",\"inside\":null,\"beside\":[]}]}");
        assertThat(json.read(json.line(shape), Shape.class)).isEqualTo(shape);
        assertThat(json.read(json.tree(shape), Shape.class)).isEqualTo(shape);
        assertThat(json.read(json.line(shape), Shape.Angular.Square.class)).isEqualTo(shape);
    }

    @Test
    void times_are_in_iso_8601_and_a_secret_is_not_written() {
        Mixed mixed = new Mixed(
                new Shape.Nothing(),
                Duration.ofMillis(90_500),
                Instant.parse("2026-11-07T09:05:03.120Z"),
                Optional.of(Instant.EPOCH),
                new Secret("opensesame"));
        assertThat(json.line(mixed))
                .isEqualTo("{\"shape\":{\"kind\":\"Nothing\"},\"took\":\"PT1M30.5S\","
                        + "\"at\":\"2026-11-07T09:05:03.120Z\",\"until\":\"1970-01-01T00:00:00Z\",\"secret\":\"***\"}");
    }

    @Test
    void a_secret_cannot_be_read_back_as_three_stars() {
        assertThatThrownBy(() -> json.read("\"***\"", Secret.class))
                .isInstanceOf(FormException.class)
                .hasMessageContaining("a secret is not kept on disk; take it from the settings");
    }

    @Test
    void steps_and_what_they_learned_are_read_back() {
        List<Step> steps = List.of(
                new Step.StopReceiver(DB2),
                new Step.WithdrawAddress(DB1, true),
                new Step.CatchUp(DB2, DB1, MYSQL),
                new Step.Repoint(DB2, DB1, "db1", new Step.Start.At(PLACE), Optional.of(PLACE)),
                new Step.Repoint(DB2, DB1, "db1", new Step.Start.ByGtid(), Optional.empty()));
        for (Step step : steps) {
            assertThat(roundTrip(step, Step.class)).isEqualTo(step);
            Outcome failed = new Outcome.Failed(step, "db2: START SLAVE: \"no\"\n");
            assertThat(roundTrip(failed, Outcome.class)).isEqualTo(failed);
        }
        List<StepResult> results = List.of(
                new StepResult.Plain(),
                StepResult.HookAnswer.NO_HOOK,
                new StepResult.Coordinates(PLACE, Optional.of(MARIADB)),
                new StepResult.Coordinates(PLACE, Optional.empty()));
        for (StepResult result : results) {
            Outcome finished = new Outcome.Finished(steps.get(0), result, Optional.of(Instant.EPOCH));
            assertThat(roundTrip(finished, Outcome.class)).isEqualTo(finished);
        }
    }

    @Test
    void gtids_look_as_the_server_prints_them_and_keep_their_kind() {
        for (Gtids gtids : List.of(MYSQL, MARIADB, GtidSet.EMPTY, MariadbGtids.EMPTY)) {
            assertThat(roundTrip(gtids, Gtids.class)).isEqualTo(gtids);
        }
        assertThat(json.line(MYSQL)).isEqualTo("\"3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5:7\"");
        assertThat(json.line(MARIADB)).isEqualTo("\"0-1-100,1-2-7\"");
        assertThat(json.read(json.line(MARIADB), MariadbGtids.class)).isEqualTo(MARIADB);
        assertThatThrownBy(() -> json.read(json.line(MARIADB), GtidSet.class)).isInstanceOf(FormException.class);
        assertThatThrownBy(() -> json.read("\"0-1-x\"", Gtids.class)).isInstanceOf(FormException.class);
        assertThatThrownBy(() -> json.read("7", Gtids.class)).isInstanceOf(FormException.class);
    }

    @Test
    void servers_are_keys_that_say_all() {
        Map<ServerId, ServerState> servers = Map.of(
                DB1,
                        new ServerState.Unreachable(
                                ServerState.Kind.TIMED_OUT, "no answer within 4 s", Duration.ofSeconds(4)),
                DB2, new ServerState.Refusing(1045, "Access denied"));
        Snapshot snapshot = new Snapshot(Instant.parse("2026-11-07T09:05:03Z"), new TreeMap<>(servers));
        assertThat(json.line(snapshot)).contains("\"0/server1/db1/192.0.2.1/3306\":{\"kind\":\"Unreachable\"");
        assertThat(roundTrip(snapshot, Snapshot.class)).isEqualTo(snapshot);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kind\":\"Triangle\"}",
                "{\"kind\":\"Circle\",\"radius\":1.0,\"colour\":\"red\"}",
                "{\"kind\":\"Circle\"}",
                "{\"kind\":\"Circle\",\"radius\":null}",
                "{\"kind\":\"Circle\",\"radius\":1,\"radius\":2}",
                "{\"radius\":1.0}",
                "{\"kind\":\"Circle\",\"radius\":1} {}",
                "{\"kind\":\"Circle\",\"rad",
                "\u0000",
                ""
            })
    void what_is_not_exactly_the_form_is_refused(String text) {
        assertThatThrownBy(() -> json.read(text, Shape.class))
                .isInstanceOf(FormException.class)
                .hasMessageStartingWith("not a Shape as this version writes it: ");
    }

    @Test
    void a_missing_part_is_refused_even_if_the_record_would_take_it() {
        assertThatThrownBy(() -> json.read("{\"host\":\"a\"}", ServerId.class)).isInstanceOf(FormException.class);
    }

    @Test
    void a_failover_that_the_version_before_recorded_is_read() throws IOException {
        JournalEntry.Opened opened;
        try (InputStream text = Objects.requireNonNull(
                JsonFormTest.class.getResourceAsStream("/journals/opened-before-offline.json"))) {
            opened = json.read(new String(text.readAllBytes(), StandardCharsets.UTF_8), JournalEntry.Opened.class);
        }
        FailoverJournal.Beginning begin = json.read(opened.facts(), FailoverJournal.Beginning.class);
        assertThat(begin.tree().replicas())
                .hasSize(2)
                .allMatch(
                        replica -> !replica.facts().offline() && replica.facts().readOnly());
        String offline = json.line(begin).replace("\"offline\":false", "\"offline\":true");
        assertThat(json.read(offline, FailoverJournal.Beginning.class).tree().replicas())
                .allMatch(replica -> replica.facts().offline());
    }

    @Test
    void that_a_new_master_was_opened_is_read_as_the_version_before_wrote_it() {
        assertThat(json.read("{\"kind\":\"Open\",\"again\":true}", StepResult.class))
                .isEqualTo(new StepResult.Open(true, Optional.empty()));
        StepResult missing = new StepResult.Open(false, Optional.of("vip exited with status 1"));
        assertThat(json.read(json.line(missing), StepResult.class)).isEqualTo(missing);
    }

    @Test
    void what_the_version_before_noted_of_a_replica_being_levelled_is_read() {
        String noted =
                "{\"host\":\"db1\",\"port\":3306,\"user\":\"repl\",\"link\":{\"tls\":{\"used\":true,\"checked\":false},"
                        + "\"retry\":\"PT1M\",\"heartbeat\":\"PT30S\",\"delay\":\"PT0S\"}}";
        SourceTarget.Link link = json.read(noted, UsualSettings.Usual.class).link();
        assertThat(link.compression()).isEmpty();
        assertThat(link.tls()).contains(new SourceTarget.Tls(true, false));
        SourceTarget.Link now =
                new SourceTarget.Link(link.tls(), link.retry(), link.heartbeat(), link.delay(), Optional.of("zlib"));
        assertThat(roundTrip(now, SourceTarget.Link.class)).isEqualTo(now);
    }

    @Test
    void variants_that_json_cannot_tell_apart_are_refused() {
        assertThatThrownBy(() -> json.line(new Unfit.Plain(1)))
                .hasStackTraceContaining("Plain has a component called kind");
        assertThatThrownBy(() -> json.read("{}", Twins.class)).hasStackTraceContaining("are called Same");
    }

    /** It is read back by the mapper, so it must look as if the mapper had written it. */
    @Test
    void a_value_looks_as_the_mapper_would_write_it() {
        Shape shape = new Shape.Angular.Square(Optional.of(new Shape.Nothing()), List.of(new Shape.Circle(1.5)));
        List<Object> values = List.of(
                new Mixed(shape, Duration.ofMillis(1), Instant.EPOCH, Optional.empty(), new Secret("opensesame")),
                new Snapshot(
                        Instant.EPOCH,
                        new TreeMap<>(Map.of(DB2, new ServerState.Refusing(1045, "\"no\"\t\u00e9\u2028")))),
                new Outcome.Failed(new Step.CatchUp(DB2, DB1, MYSQL), "\\"),
                new StepResult.Coordinates(PLACE, Optional.of(MariadbGtids.EMPTY)),
                Map.of(ServerState.Kind.TIMED_OUT, List.of(1, 2L, true, 0.5, Optional.of("x"))));
        for (Object value : values) {
            assertThat(json.tree(value)).isEqualTo(JsonForm.byMapper(value));
            assertThat(json.line(value)).isEqualTo(JsonForm.byMapper(value).toString());
        }
    }

    @Test
    void text_has_no_line_break_in_it() {
        assertThat(json.line(Map.of("a", "1\n2\r\u2028"))).doesNotContain("\n", "\r");
        assertThat(json.pretty(Map.of("a", 1))).contains("\n");
    }
}
