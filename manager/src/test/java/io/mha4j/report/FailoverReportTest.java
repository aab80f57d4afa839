package io.mha4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.GtidSet;
import io.mha4j.decision.FailoverSummary;
import io.mha4j.decision.LossVerdict;
import io.mha4j.decision.Outcome;
import io.mha4j.decision.Step;
import io.mha4j.decision.StepResult;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FailoverReportTest {
    private static final ServerId OLD = new ServerId(0, "server1", "db1", "192.0.2.1", 3306);
    private static final ServerId NEW = new ServerId(1, "server2", "db2", "192.0.2.2", 3306);
    private static final ServerId DB3 = new ServerId(2, "server3", "db3", "192.0.2.3", 3306);
    private static final ServerId DB4 = new ServerId(3, "server4", "db4", "192.0.2.4", 3306);
    private static final BinlogPosition START = new BinlogPosition("bin.000002", 120);
    private static final StepResult PLAIN = new StepResult.Plain();

    private static FailoverReport report(boolean gtids) {
        return new FailoverReport(new FailoverReport.Occasion("app1", OLD, "mgr:/var/log/mha/app1.log", false, gtids));
    }

    private static Outcome done(Step step, StepResult result) {
        return new Outcome.Finished(step, result, Optional.empty());
    }

    @Test
    void a_new_master_that_takes_no_writes_any_more_is_what_it_begins_with() {
        FailoverReport report = report(false);
        tellUpToOpen(report);
        report.tell(done(new Step.ConfirmOpen(NEW), new StepResult.Open(true, Optional.empty())));
        assertThat(report.body()).contains("read_only=0 was set once more");

        report.tell(new Outcome.Failed(new Step.ConfirmOpen(NEW), "connection refused"));
        report.done(summary(List.of(), Map.of(NEW, "connection refused"), List.of()));
        assertThat(report.body()).startsWith("THE NEW MASTER " + NEW + " TAKES NO WRITES: connection refused\n");
        assertThat(report.subject()).endsWith(" to " + NEW + ", which takes no writes, losses unknown");
    }

    /** It takes writes: who hurries to open it does the wrong thing. */
    @Test
    void a_new_master_that_may_be_without_its_address_is_not_said_to_take_no_writes() {
        String why = "vip exited with status 1";
        FailoverReport report = report(false);
        tellUpToOpen(report);
        report.tell(done(new Step.ConfirmOpen(NEW), new StepResult.Open(true, Optional.of(why))));
        report.done(summary(List.of(DB3), Map.of(), true, Optional.of(why), List.of()));
        assertThat(report.body())
                .startsWith("THE NEW MASTER " + NEW + " may be without its address (vip): " + why + "\n")
                .contains("read_only=0 was set once more")
                .contains(NEW + ": ERROR: It was started anew, and its address (vip) could not be given to it again: "
                        + why)
                .contains("Master failover to " + NEW + " done, but it may be without its address.")
                .doesNotContain("TAKES NO WRITES");
        assertThat(report.subject())
                .endsWith(" to " + NEW + ", which may be without its address (vip), losses unknown");
    }

    private static StepResult hook(int exitStatus) {
        return new StepResult.HookAnswer(exitStatus);
    }

    private static Step repoint(ServerId replica) {
        return new Step.Repoint(replica, NEW, "db2", new Step.Start.At(START), Optional.of(START));
    }

    private static FailoverSummary summary(List<ServerId> following, Map<ServerId, String> left, List<ServerId> unfit) {
        return summary(following, left, true, unfit);
    }

    private static FailoverSummary summary(
            List<ServerId> following, Map<ServerId, String> left, boolean detached, List<ServerId> unfit) {
        return summary(following, left, detached, Optional.empty(), unfit);
    }

    private static FailoverSummary summary(
            List<ServerId> following,
            Map<ServerId, String> left,
            boolean detached,
            Optional<String> addressMissing,
            List<ServerId> unfit) {
        return new FailoverSummary(
                NEW,
                Optional.of(START),
                new TreeSet<>(following),
                new TreeMap<>(left),
                detached,
                addressMissing,
                unfit,
                new LossVerdict.Unknown("the source's binary log was not read"),
                new StepResult.Fenced(StepResult.Fence.UNKNOWN, false, false, "SSH does not answer"));
    }

    private static void tellUpToOpen(FailoverReport report) {
        report.tell(done(new Step.StopReceiver(NEW), PLAIN));
        report.tell(done(new Step.WithdrawAddress(OLD, true), hook(0)));
        report.tell(done(new Step.ShutDown(OLD, true), hook(-1)));
        report.tell(done(new Step.ApplyRelayLog(NEW), PLAIN));
        report.tell(done(new Step.Detach(NEW, false), PLAIN));
        report.tell(done(new Step.ReadCoordinates(NEW), new StepResult.Coordinates(START, Optional.empty())));
        report.tell(done(new Step.AssignAddress(NEW, OLD), hook(0)));
        report.tell(done(new Step.MakeWritable(NEW), PLAIN));
    }

    @Test
    void a_complete_failover_reads_as_in_mha_with_the_verdict_below() {
        FailoverReport report = report(false);
        tellUpToOpen(report);
        report.tell(done(repoint(DB3), PLAIN));
        report.done(summary(List.of(DB3), Map.of(), List.of()));
        assertThat(report.subject())
                .isEqualTo(
                        "app1: MySQL Master failover db1(192.0.2.1:3306) to db2(192.0.2.2:3306) succeeded, losses unknown");
        assertThat(report.body()).isEqualTo("""
                Master db1(192.0.2.1:3306) is down!

                Check MHA Manager logs at mgr:/var/log/mha/app1.log for details.

                Started automated(non-interactive) failover.
                Invalidated master IP address on db1(192.0.2.1:3306)
                db2(192.0.2.2:3306): Resetting slave info succeeded.
                Selected db2(192.0.2.2:3306) as a new master.
                db2(192.0.2.2:3306): OK: Applying all logs succeeded.
                db2(192.0.2.2:3306): OK: Activated master IP address.
                db3(192.0.2.3:3306): This host has the latest relay log events.
                db3(192.0.2.3:3306): OK: Applying all logs succeeded. Slave started, replicating from db2(192.0.2.2:3306)
                Master failover to db2(192.0.2.2:3306) completed successfully.

                Loss verdict: unknown: the source's binary log was not read
                New master's binary log began to take writes at bin.000002:120
                """);
    }

    @Test
    void it_says_what_to_do_about_a_new_source_that_kept_its_settings() {
        FailoverReport report = report(false);
        tellUpToOpen(report);
        report.tell(done(repoint(DB3), PLAIN));
        report.done(summary(List.of(DB3), Map.of(), false, List.of()));
        assertThat(report.subject()).doesNotContain("succeeded");
        assertThat(report.body()).contains("""
                        Master failover to db2(192.0.2.2:3306) done, but recovery on slave partially failed.
                        db2(192.0.2.2:3306): ERROR: It still has the slave settings of the dead master; take them away\
                         (RESET SLAVE ALL) before it is restarted
                        """);
    }

    @Test
    void a_partial_failover_names_each_replica_once_and_does_not_say_succeeded() {
        FailoverReport report = report(true);
        tellUpToOpen(report);
        report.tell(new Outcome.Failed(repoint(DB3), "access denied"));
        report.done(summary(
                List.of(),
                Map.of(DB3, "access denied", DB4, "it is behind"),
                List.of(new ServerId(4, "server5", "db5", "192.0.2.5", 3306))));
        assertThat(report.subject())
                .isEqualTo("app1: MySQL Master failover db1(192.0.2.1:3306) to db2(192.0.2.2:3306), losses unknown");
        assertThat(report.body())
                .containsOnlyOnce("db3(192.0.2.3:3306): ERROR: Starting slave failed: access denied\n")
                .containsOnlyOnce("access denied")
                .containsOnlyOnce("db4(192.0.2.4:3306): ERROR: Could not be recovered: it is behind\n")
                .containsOnlyOnce("db5(192.0.2.5:3306): ERROR: Could not be recovered: it was unreachable or its")
                .contains("Master failover to db2(192.0.2.2:3306) done, but recovery on slave partially failed.\n");
    }

    @Test
    void with_gtids_a_replica_that_does_not_reach_the_new_master_is_not_among_its_slaves() {
        FailoverReport report = report(true);
        tellUpToOpen(report);
        report.tell(done(repoint(DB3), PLAIN));
        report.tell(done(repoint(DB4), PLAIN));
        report.tell(new Outcome.Failed(new Step.AwaitSync(DB4, GtidSet.EMPTY), "not within 60 s"));
        assertThat(report.body())
                .contains("db3(192.0.2.3:3306): OK: Slave started, replicating from db2(192.0.2.2:3306)\n")
                .contains("db4(192.0.2.4:3306): ERROR: Failed on waiting gtid exec set on master: not within 60 s\n");
        assertThat(report.scriptArguments("/etc/app1.cnf")).contains("--new_slave_hosts=db3");
    }

    @Test
    void a_failover_that_broke_off_before_the_new_master_took_writes_names_none() {
        FailoverReport report = report(true);
        report.tell(new Outcome.Failed(new Step.WithdrawAddress(OLD, false), "exit status 1"));
        report.brokeOff(
                "master_ip_failover_script failed with exit status 1",
                new LossVerdict.Unknown("the failover broke off"));
        assertThat(report.subject()).isEqualTo("app1: MySQL Master failover db1(192.0.2.1:3306)");
        assertThat(report.body()).endsWith("""
                Failed to invalidate master IP address on db1(192.0.2.1:3306): exit status 1
                ERROR: master_ip_failover_script failed with exit status 1
                Got Error so couldn't continue failover from here.

                Loss verdict: unknown: the failover broke off
                """);
        assertThat(report.scriptArguments("/etc/app1.cnf"))
                .containsExactly(
                        "--orig_master_host=db1",
                        "--conf=/etc/app1.cnf",
                        "--subject=" + report.subject(),
                        "--body=" + report.body());
    }

    @Test
    void the_script_learns_the_new_master_and_its_slaves_by_host_name() {
        FailoverReport report = report(false);
        tellUpToOpen(report);
        assertThat(report.scriptArguments("c")).contains("--new_master_host=db2", "--new_slave_hosts=");
        report.done(summary(List.of(DB3, DB4), Map.of(), List.of()));
        assertThat(report.scriptArguments("c").subList(0, 4))
                .containsExactly(
                        "--orig_master_host=db1", "--new_master_host=db2", "--new_slave_hosts=db3,db4", "--conf=c");
    }

    @Test
    void what_hooks_answered_is_told_in_its_place() {
        FailoverReport report = report(false);
        report.tell(done(new Step.WithdrawAddress(OLD, true), hook(10)));
        report.tell(done(new Step.ShutDown(OLD, true), hook(0)));
        report.tell(done(new Step.ShutDown(OLD, true), hook(10)));
        report.tell(new Outcome.Failed(new Step.ShutDown(OLD, true), "killed by signal 9"));
        report.tell(done(new Step.AssignAddress(NEW, OLD), hook(10)));
        report.tell(done(new Step.AssignAddress(NEW, OLD), hook(-1)));
        report.note("a remark");
        assertThat(report.body()).endsWith("""
                Failed to invalidate master IP address on db1(192.0.2.1:3306) with return code 10; went on as the script says.
                Power off db1(192.0.2.1:3306).
                Stopped mysqld process on db1(192.0.2.1:3306) over SSH.
                Failed to shut down db1(192.0.2.1:3306): killed by signal 9
                db2(192.0.2.2:3306): ERROR: Activating master IP address failed with return code 10; went on as the script says.
                a remark
                """);
    }

    @Test
    void the_log_shows_it_below_the_heading_of_mha() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FailoverReport report = report(false);
        report.printTo(EventLog.toStream(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                Level.INFO,
                new TestClock("2026-11-07T09:05:03Z"),
                ZoneOffset.UTC));
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("Sat Nov  7 09:05:03 2026 - [info] \n\n----- Failover Report -----\n\n" + report.subject()
                        + "\n\n" + report.body());
    }
}
