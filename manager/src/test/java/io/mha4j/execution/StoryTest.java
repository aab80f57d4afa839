package io.mha4j.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.GtidSet;
import io.mha4j.binlog.Gtids;
import io.mha4j.binlog.MariadbGtids;
import io.mha4j.config.ServerSettings;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.FailoverPlanner;
import io.mha4j.decision.FailoverWishes;
import io.mha4j.decision.Next;
import io.mha4j.decision.Outcome;
import io.mha4j.decision.Phase;
import io.mha4j.decision.Step;
import io.mha4j.decision.StepResult;
import io.mha4j.decision.World;
import io.mha4j.report.EventLog;
import io.mha4j.report.FailoverReport;
import io.mha4j.report.Level;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** What is told of a failover while it happens. */
final class StoryTest {
    private static final Gtids MYSQL = GtidSet.parse("11111111-1111-1111-1111-111111111111:1-9");
    private static final Gtids MARIADB = MariadbGtids.parse("0-1-9");
    private static final BinlogPosition END = new BinlogPosition("own.000001", 154);

    /** It tells them whenever it has any. */
    @Test
    void the_statement_for_the_old_master_is_by_position_where_replicas_are_though_the_new_one_has_gtids() {
        for (Gtids executed : List.of(MYSQL, MARIADB)) {
            assertThat(told(false, executed))
                    .contains("CHANGE MASTER TO MASTER_HOST='host1'")
                    .contains(", MASTER_LOG_FILE='own.000001', MASTER_LOG_POS=154, MASTER_USER=");
        }
    }

    @Test
    void by_gtid_it_is_in_the_words_of_its_server() {
        assertThat(told(true, MYSQL)).contains(", MASTER_AUTO_POSITION=1, MASTER_USER=");
        assertThat(told(true, MARIADB)).contains(", MASTER_USE_GTID=slave_pos, MASTER_USER=");
    }

    @Test
    void each_candidate_is_told_with_what_each_rule_saw() {
        Next.Run level = new Next.Run(Phase.LEVEL, List.of(new Step.ApplyRelayLog(World.id(1))), true);
        assertThat(told(true, (story, facts) -> story.begins(level, new FailoverPlanner().ballot(facts))))
                .contains(" can be the new master: no_master: allowed; log_bin: on; ");
    }

    private static String told(boolean gtids, Gtids executed) {
        return told(
                gtids,
                (story, facts) -> story.ended(new Outcome.Finished(
                        new Step.ReadCoordinates(World.id(1)),
                        new StepResult.Coordinates(END, Optional.of(executed)),
                        Optional.empty())));
    }

    private static String told(boolean gtids, BiConsumer<Story, FailoverFacts> what) {
        World world = new World(
                gtids,
                9,
                List.of(new World.Replica(9, 9, false, false, false, World.Health.FINE, 0, World.Stray.NONE)),
                FailoverWishes.DEFAULT,
                new World.Log(true, 0, 0, false),
                new World.Setting(false, ServerSettings.FenceWay.SSH, false, false, false));
        FailoverFacts facts = world.facts();
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        EventLog log = EventLog.toStream(
                new PrintStream(told, true, StandardCharsets.UTF_8), Level.INFO, () -> Instant.EPOCH, ZoneOffset.UTC);
        FailoverReport report =
                new FailoverReport(new FailoverReport.Occasion("app1", World.id(0), "log", false, gtids));
        what.accept(new Story(log, report, facts), facts);
        return told.toString(StandardCharsets.UTF_8);
    }
}
