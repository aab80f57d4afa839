package io.mha4j.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.mha4j.base.Deadline;
import io.mha4j.base.ServerId;
import io.mha4j.binlog.GtidSet;
import io.mha4j.config.Application;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.FailoverWishes;
import io.mha4j.decision.Progress;
import io.mha4j.decision.Step;
import io.mha4j.decision.StepResult;
import io.mha4j.execution.fence.SourceLook;
import io.mha4j.hooks.HookRunner;
import io.mha4j.hooks.Movers;
import io.mha4j.mysql.ScriptedServer;
import io.mha4j.remote.CommandRunner;
import io.mha4j.remote.Host;
import io.mha4j.remote.LocalRunner;
import io.mha4j.remote.ThisMachine;
import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import io.mha4j.scenario.Scenario;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.Prior;
import io.mha4j.topology.TreeRules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What steps do on a server where it is not as expected. */
@Timeout(60)
final class ServerStepsTest {
    private static final String STATUS = "SHOW REPLICA STATUS";
    private static final String STOP = "STOP REPLICA FOR CHANNEL ''";
    private static final String OPEN = "SET GLOBAL read_only=OFF";
    private static final String OLD = "10.0.0.1";
    private static final CommandRunner.Result OK = new CommandRunner.Result(0, "", "");
    private static final String UUID = "11111111-0000-0000-0000-000000000000";
    private static final String CHANGE = "CHANGE REPLICATION SOURCE TO SOURCE_HOST='" + OLD + "'";

    private final ScriptedServer server = new ScriptedServer("8.0.32");
    private final Scenario scenario = Scenario.of(
            "servers  gtid=on auto_position=1 repl_user=repl skip_reset_slave=1 vip=10.0.0.9/24",
            "  a  source   unreachable",
            "  b  replica  semisync=replica of=" + OLD + ":3306 ip=127.0.0.1 port="
                    + server.settings("").id().port(),
            "  c  replica");
    private final ServerId replica = scenario.id("b");
    private final Application app = scenario.application();
    private final FailoverFacts facts = new FailoverFacts(
            app,
            (ManagedTree) TreeRules.read(app, scenario.snapshot(), Prior.NOTHING),
            Optional.empty(),
            Optional.empty(),
            false,
            FailoverWishes.DEFAULT,
            Progress.NONE);
    private final Sessions sessions = new Sessions(app, (id, statement) -> {});
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final EventLog log = EventLog.toStream(
            new PrintStream(told, true, StandardCharsets.UTF_8), Level.INFO, InstantSource.system(), ZoneOffset.UTC);
    private final List<List<String>> commands = new ArrayList<>();
    private CommandRunner.Result answer = OK;
    private final Host host = new ThisMachine() {
        @Override
        public Result run(List<String> argv, Deadline deadline) {
            commands.add(argv);
            return answer;
        }
    };
    private volatile long now;
    private final HookSteps hooks =
            new HookSteps(facts, new Movers(new HookRunner(new LocalRunner()), settings -> host), log, () -> now);
    private final ServerSteps steps = steps();

    ServerStepsTest() throws IOException {}

    private ServerSteps steps() {
        SourceLook look = new SourceLook(limit -> false, Duration.ZERO, () -> now);
        // Nothing here is rescued or fenced.
        ServerSteps.Helpers helpers = new ServerSteps.Helpers(hooks, null, null, null, look, log);
        return new ServerSteps(facts, sessions, helpers, () -> now, time -> {});
    }

    @AfterEach
    void close() throws IOException {
        sessions.close();
        server.close();
    }

    @Test
    void replication_that_started_with_a_new_source_is_stopped_before_that_is_opened_again() {
        open();
        isClosed();
        startedAnew();
        follows(OLD, "Connecting").doing(STOP, () -> follows(OLD, "No"));
        assertThat(steps.confirmOpen(new Step.ConfirmOpen(replica)))
                .isEqualTo(new StepResult.Open(true, Optional.empty()));
        assertThat(server.statements()).containsSubsequence(STOP, OPEN);
    }

    /** What it acknowledged may be gone where it was started anew. */
    @Test
    void a_slave_that_acknowledges_is_asked_since_when_it_runs_when_its_receiver_has_stopped() {
        letIn();
        follows(OLD, "No");
        uptime(Duration.ofSeconds(1234));
        assertThat(steps.stopReceiver(new Step.StopReceiver(replica)))
                .isInstanceOfSatisfying(StepResult.ReplicaAt.class, at -> assertThat(at.uptime())
                        .contains(Duration.ofSeconds(1234)));
    }

    @Test
    void others_are_asked_for_the_address_where_one_but_the_dead_source_may_have_got_it() {
        Step.AssignAddress assign = new Step.AssignAddress(replica, scenario.id("a"));
        hooks.withdrawAddress(new Step.WithdrawAddress(scenario.id("a"), true));
        hooks.assignAddress(assign);
        hooks.expectStrayAddress();
        hooks.assignAddress(assign);
        assertThat(commands).hasSize(3);
        assertThat(commands.get(1)).contains("here").doesNotContain("elsewhere");
        assertThat(commands.get(2)).contains("elsewhere");
    }

    /** An address that was given to a host is gone when that was started anew. */
    @Test
    void a_new_source_that_was_started_anew_gets_the_address_again() {
        open();
        isOpen();
        follows(OLD, "No");
        uptime(Duration.ofHours(1));
        steps.confirmOpen(new Step.ConfirmOpen(replica));
        assertThat(commands).isEmpty();
        startedAnew();
        steps.confirmOpen(new Step.ConfirmOpen(replica));
        assertThat(commands).singleElement().asInstanceOf(LIST).contains("10.0.0.9", "24", "elsewhere");
        assertThat(told.toString(StandardCharsets.UTF_8))
                .contains("Virtual address 10.0.0.9/24: Giving it once more to " + replica);
    }

    @Test
    void a_new_source_that_cannot_be_given_the_address_again_takes_writes_all_the_same() {
        open();
        isClosed();
        startedAnew();
        follows(OLD, "No");
        answer = new CommandRunner.Result(1, "", "no such device");
        assertThat(steps.confirmOpen(new Step.ConfirmOpen(replica)))
                .isInstanceOfSatisfying(StepResult.Open.class, open -> {
                    assertThat(open.again()).isTrue();
                    assertThat(open.addressMissing())
                            .hasValueSatisfying(why -> assertThat(why).startsWith("vip "));
                });
        assertThat(told.toString(StandardCharsets.UTF_8))
                .contains(replica + " takes writes, but it may be without its address: vip ");
    }

    /** A returned old source's own transactions would come to it otherwise. */
    @Test
    void replication_that_started_with_a_new_source_is_stopped_where_that_takes_writes_too() {
        open();
        isOpen();
        startedAnew();
        follows(OLD, "Connecting").doing(STOP, () -> follows(OLD, "No"));
        assertThat(steps.confirmOpen(new Step.ConfirmOpen(replica)))
                .isEqualTo(new StepResult.Open(false, Optional.empty()));
        assertThat(server.statements()).contains(STOP);
    }

    @Test
    void one_that_somebody_pointed_elsewhere_is_left_alone() {
        open();
        isClosed();
        startedAnew();
        follows("elsewhere", "Yes");
        assertThatThrownBy(() -> steps.confirmOpen(new Step.ConfirmOpen(replica)))
                .hasMessageContaining("is read-only and replicates from elsewhere:3306");
        assertThat(server.statements().stream().filter(OPEN::equals)).hasSize(1);
    }

    @Test
    void that_somebody_closed_it_is_said_only_where_it_was_not_started_anew() {
        open();
        isClosed();
        follows(OLD, "No");
        uptime(Duration.ofHours(1));
        assertThatThrownBy(() -> steps.confirmOpen(new Step.ConfirmOpen(replica)))
                .hasMessageContaining("somebody closed it;");
    }

    @Test
    void who_did_not_open_it_does_not_say_who_closed_it() {
        letIn();
        isClosed();
        follows(OLD, "No");
        assertThatThrownBy(() -> steps.confirmOpen(new Step.ConfirmOpen(replica)))
                .hasMessageContaining(
                        "whether it was started anew since it was opened or somebody closed it cannot be told");
    }

    @Test
    void a_candidate_that_has_caught_up_is_not_lost_to_settings_that_cannot_be_put_back() {
        letIn();
        hasExecutedAll();
        follows("c", "No");
        assertThat(steps.catchUp(catchUp())).isInstanceOf(StepResult.ReplicaAt.class);
        assertThat(server.statements()).anyMatch(sql -> sql.startsWith(CHANGE));
        assertThat(told.toString(StandardCharsets.UTF_8))
                .contains("[warning]", "its source is repl@c:3306", "may not be for the old master, " + OLD + ":3306");
    }

    @Test
    void who_points_to_the_old_master_still_is_not_pointed_there() {
        letIn();
        hasExecutedAll();
        follows(OLD, "No");
        assertThat(steps.catchUp(catchUp())).isInstanceOf(StepResult.ReplicaAt.class);
        assertThat(server.statements()).noneMatch(sql -> sql.startsWith(CHANGE));
        assertThat(told.size()).isZero();
    }

    private Step.CatchUp catchUp() {
        return new Step.CatchUp(replica, scenario.id("c"), GtidSet.parse(UUID + ":1-10"));
    }

    private void hasExecutedAll() {
        server.answering(
                "SELECT @@global.gtid_mode AS mode,"
                        + " @@global.gtid_executed AS executed, @@global.gtid_purged AS purged",
                List.of("mode", "executed", "purged"),
                List.of(List.of("ON", UUID + ":1-10", "")));
    }

    private void open() {
        letIn();
        server.answering(
                "SELECT @@global.super_read_only AS super_read_only, @@global.read_only AS read_only",
                List.of("super_read_only", "read_only"),
                List.of(List.of("0", "0")));
        steps.makeWritable(new Step.MakeWritable(replica));
    }

    private void letIn() {
        server.answering(
                "SELECT GET_LOCK('" + Sessions.FAILOVER_LOCK + "', 1) AS got", List.of("got"), List.of(List.of("1")));
    }

    private void isClosed() {
        readOnly("1");
    }

    private void isOpen() {
        readOnly("0");
    }

    private void readOnly(String value) {
        server.answering("SELECT @@global.read_only", List.of("read_only"), List.of(List.of(value)));
    }

    private void startedAnew() {
        uptime(Duration.ofSeconds(5));
    }

    /** A minute after it was opened. */
    private void uptime(Duration time) {
        now = Duration.ofMinutes(1).toNanos();
        server.answering(
                "SHOW GLOBAL STATUS LIKE 'Uptime'",
                List.of("Variable_name", "Value"),
                List.of(List.of("Uptime", Long.toString(time.toSeconds()))));
    }

    private ScriptedServer follows(String source, String receiver) {
        return server.answering(
                STATUS,
                List.of(
                        "Channel_Name",
                        "Source_Host",
                        "Source_Port",
                        "Source_User",
                        "Replica_IO_Running",
                        "Replica_SQL_Running",
                        "Auto_Position",
                        "Connect_Retry",
                        "SQL_Delay"),
                List.of(List.of(
                        "", source, "3306", "repl", receiver, receiver.equals("No") ? "No" : "Yes", "1", "60", "0")));
    }
}
