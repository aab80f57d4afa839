package io.mha4j.execution;

import io.mha4j.binlog.MariadbGtids;
import io.mha4j.config.ServerSettings;
import io.mha4j.decision.Step;
import io.mha4j.decision.StepResult;

/** Each kind of step in an operator's words. */
public final class StepWords implements Step.Cases<String> {
    private static final StepWords WORDS = new StepWords();

    private StepWords() {}

    public static String of(Step step) {
        return step.match(WORDS);
    }

    /**
     * The line that guides tell operators to look for, to re-attach the old master by hand (MHA 0.58).
     *
     * @param here  where the new source's binary log ends; the GTIDs that it has executed where replicas go by them
     */
    public static String marker(ServerSettings newSource, StepResult.Coordinates here) {
        String place = here.executed()
                .map(g -> g instanceof MariadbGtids ? "MASTER_USE_GTID=slave_pos" : "MASTER_AUTO_POSITION=1")
                .orElseGet(() -> "MASTER_LOG_FILE='" + here.end().file() + "', MASTER_LOG_POS="
                        + here.end().offset());
        String user = newSource.mysql().replUser().orElse("(repl_user)").replace("'", "''");
        return "All other slaves should start replication from here. Statement should be: CHANGE MASTER TO MASTER_HOST='"
                + newSource.id().host() + "', MASTER_PORT=" + newSource.id().port() + ", " + place + ", MASTER_USER='"
                + user + "', MASTER_PASSWORD='xxx';";
    }

    @Override
    public String startApplier(Step.StartApplier step) {
        return step.server() + ": start the SQL thread";
    }

    @Override
    public String stopReceiver(Step.StopReceiver step) {
        return step.server() + ": stop the IO thread";
    }

    @Override
    public String withdrawAddress(Step.WithdrawAddress step) {
        return step.server() + ": take the writers' address away";
    }

    @Override
    public String fence(Step.Fence step) {
        return step.server() + ": make sure that the dead master's process is gone";
    }

    @Override
    public String awaitFence(Step.AwaitFence step) {
        return step.server() + ": see that the dead master does not come back";
    }

    @Override
    public String shutDown(Step.ShutDown step) {
        return step.server() + ": shut the dead master down";
    }

    @Override
    public String findTail(Step.FindTail step) {
        return step.server() + ": find by GTID where in its binary log begins what replicas lack";
    }

    @Override
    public String saveTail(Step.SaveTail step) {
        return step.server() + ": save the binary log from " + step.from()
                + (step.behind().isPresent() ? " on, as it is now that its server is ended" : "");
    }

    @Override
    public String saveRelayLog(Step.SaveRelayLog step) {
        return step.server() + ": save what it received from " + step.from();
    }

    @Override
    public String level(Step.Level step) {
        return step.server() + ": get the saved events up to " + step.upTo();
    }

    @Override
    public String applyRelayLog(Step.ApplyRelayLog step) {
        return step.server() + ": execute what is in the relay log";
    }

    @Override
    public String catchUp(Step.CatchUp step) {
        return step.server() + ": catch up from " + step.from();
    }

    @Override
    public String lookAtSource(Step.LookAtSource step) {
        return step.server() + ": ask the dead master once more before " + step.newSource() + " is opened";
    }

    @Override
    public String detach(Step.Detach step) {
        return step.server() + ": leave replication" + (step.keepSettings() ? ", settings kept" : "");
    }

    @Override
    public String readCoordinates(Step.ReadCoordinates step) {
        return step.server() + ": read file and position";
    }

    @Override
    public String assignAddress(Step.AssignAddress step) {
        return step.server() + ": take over the writers' address";
    }

    @Override
    public String makeWritable(Step.MakeWritable step) {
        return step.server() + ": set read_only=0";
    }

    @Override
    public String confirmOpen(Step.ConfirmOpen step) {
        return step.server() + ": see that the new master takes writes";
    }

    @Override
    public String repoint(Step.Repoint step) {
        return step.server() + ": replicate from " + step.newSource();
    }

    @Override
    public String awaitSync(Step.AwaitSync step) {
        return step.server() + ": execute everything that the new master had";
    }
}
