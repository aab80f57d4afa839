package io.mha4j.execution.online;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.binlog.BinlogPosition;
import io.mha4j.decision.StepResult;
import io.mha4j.decision.online.OnlineFacts;
import io.mha4j.decision.online.OnlineStage;
import io.mha4j.decision.online.OnlineWishes;
import io.mha4j.scenario.Scenario;
import io.mha4j.topology.Prior;
import io.mha4j.topology.TreeRules;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A switch from a to b that was cut off is taken up only as long as the servers stand where it can have left them. */
final class SwitchAftermathTest {
    private static final String A = "  a  source";
    private static final String CLOSED = "  b  replica  read_only=1";
    private static final String OPEN = "  b  replica  read_only=0";
    private static final String C = "  c  replica  read_only=1";

    /** How far the switch came. */
    private enum Far {
        BLOCKING,
        OPENING,
        OPENED
    }

    private static Scenario servers(String a, String b, String c) {
        return Scenario.of("servers", a, b, c);
    }

    private static Optional<String> foreign(Far far, Scenario before, Scenario now) {
        OnlineFacts facts = TreeRules.read(before.application(), before.snapshot(), Prior.NOTHING)
                .match(t -> new OnlineFacts(before.application(), t, OnlineWishes.DEFAULT), reasons -> {
                    throw new AssertionError(reasons);
                });
        StepResult.Coordinates end =
                new StepResult.Coordinates(new BinlogPosition("bin.000001", 1000), Optional.empty());
        Optional<OnlineStage.Opening> opening =
                far == Far.BLOCKING ? Optional.empty() : Optional.of(new OnlineStage.Opening(end, end));
        return SwitchAftermath.foreign(
                        new OnlineJournal.Cut(
                                "20260101000000", facts, before.id("b"), opening, false, far == Far.OPENED, 1),
                        now.snapshot())
                .map(before::shorten);
    }

    private static Optional<String> foreign(Far far, String a, String b, String c) {
        return foreign(far, servers(A, CLOSED, C), servers(a, b, c));
    }

    @Test
    void servers_as_they_were_can_be_gone_on_with() {
        for (Far far : Far.values()) {
            assertThat(foreign(far, A, CLOSED, C)).as("%s", far).isEmpty();
        }
    }

    @Test
    void one_that_lost_its_channel_was_promoted_by_somebody() {
        Scenario open = servers(A, OPEN, C);
        assertThat(foreign(Far.BLOCKING, open, servers(A, "  b  source  read_only=0", C)))
                .contains("b does not replicate any more");
        assertThat(foreign(Far.BLOCKING, A, CLOSED, "  c  alone  read_only=1"))
                .contains("c does not replicate any more");
        Scenario others = servers(A, CLOSED, "  c  replica  read_only=0");
        assertThat(foreign(Far.OPENED, others, servers(A, OPEN, "  c  alone  read_only=0")))
                .contains("c does not replicate any more");
    }

    @Test
    void a_closed_one_that_lost_its_channel_keeps_nobody_else_waiting_once_the_new_source_is_open() {
        assertThat(foreign(Far.OPENED, A, OPEN, "  c  alone  read_only=1")).isEmpty();
    }

    @Test
    void the_new_source_may_have_forgotten_whom_it_followed_from_its_opening_on() {
        assertThat(foreign(Far.OPENING, A, "  b  alone  read_only=0", C)).isEmpty();
        assertThat(foreign(Far.OPENED, A, "  b  alone  read_only=0", C)).isEmpty();
        assertThat(foreign(Far.OPENED, A, OPEN + "  io=no  sql=no", C)).isEmpty();
    }

    @Test
    void an_open_one_that_stands_still_was_promoted_and_a_closed_one_restarted() {
        Scenario open = servers(A, OPEN, "  c  replica  read_only=0");
        assertThat(foreign(Far.BLOCKING, open, servers(A, OPEN + "  io=no  sql=no", "  c  replica  read_only=0")))
                .contains("b does not replicate any more");
        assertThat(foreign(Far.OPENING, open, servers(A, OPEN, "  c  replica  read_only=0  io=no")))
                .contains("c does not replicate any more");
        assertThat(foreign(Far.BLOCKING, open, servers(A, OPEN + "  io=connecting", "  c  replica  io=error:1236")))
                .isEmpty();
        assertThat(foreign(Far.BLOCKING, A, CLOSED + "  io=no  sql=no", C + "  io=no  sql=no"))
                .isEmpty();
    }

    @Test
    void what_closing_it_again_will_prove_need_not_be_read_from_the_threads_of_the_new_source() {
        assertThat(foreign(Far.OPENING, A, OPEN + "  io=no  sql=no", C)).isEmpty();
    }

    @Test
    void others_follow_the_new_source_only_once_it_is_open() {
        assertThat(foreign(Far.BLOCKING, A, CLOSED, C + "  of=b")).contains("c replicates from b:3306");
        assertThat(foreign(Far.OPENING, A, CLOSED, C + "  of=b")).contains("c replicates from b:3306");
        assertThat(foreign(Far.OPENED, A, OPEN, C + "  of=b  io=no  sql=no")).isEmpty();
        assertThat(foreign(Far.OPENED, A + "  of=b", "  b  alone  read_only=0", C))
                .isEmpty();
        assertThat(foreign(Far.BLOCKING, A + "  of=b", CLOSED, C))
                .contains("a, which was the master, replicates from b:3306");
    }

    @Test
    void one_that_takes_writes_is_told_first() {
        assertThat(foreign(Far.OPENING, A, CLOSED, "  c  alone  read_only=0")).contains("c takes writes");
    }
}
