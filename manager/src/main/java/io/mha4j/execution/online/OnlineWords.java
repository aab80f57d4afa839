package io.mha4j.execution.online;

import io.mha4j.base.ServerId;
import io.mha4j.decision.online.OnlineStep;

/** Each kind of step in an operator's words. */
public final class OnlineWords implements OnlineStep.Cases<String> {
    private static final OnlineWords WORDS = new OnlineWords();

    private OnlineWords() {}

    public static String of(OnlineStep step) {
        return step.match(WORDS);
    }

    static String asBefore(OnlineStep step) {
        return of(step) + ", as before the switch";
    }

    /** That it was done, and what was learned by it. */
    static String done(OnlineStep step, String learned) {
        return of(step) + ": " + (learned.isEmpty() ? "ok" : learned);
    }

    /** The last sentence of a switch that was undone. */
    public static String undone(ServerId oldSource, OnlineSwitch.End.Undone end) {
        return "The switch is undone: %s is the master and takes writes as before%s. They were stopped for %d ms. What failed: %s%s"
                .formatted(
                        oldSource,
                        end.left().isEmpty() ? "; nothing was changed" : "",
                        end.blocked().toMillis(),
                        end.why(),
                        end.left().isEmpty() ? "" : ". Left to be done by hand:");
    }

    @Override
    public String flushTables(OnlineStep.FlushTables step) {
        return step.server() + ": FLUSH NO_WRITE_TO_BINLOG TABLES";
    }

    @Override
    public String approach(OnlineStep.Approach step) {
        return step.server() + ": execute what the master has written so far";
    }

    @Override
    public String setScheduler(OnlineStep.SetScheduler step) {
        return step.server() + ": set event_scheduler=" + (step.on() ? "ON" : "OFF");
    }

    @Override
    public String setCheckpointPeriod(OnlineStep.SetCheckpointPeriod step) {
        return step.server() + ": say every " + step.millis()
                + " ms how far its parallel applier is (replica_checkpoint_period, slave_checkpoint_period before 8.0.26)";
    }

    @Override
    public String semiSyncSource(OnlineStep.SemiSyncSource step) {
        return step.server() + ": switch the master's side of semi-sync " + (step.on() ? "on" : "off");
    }

    /** Why nothing waits for acknowledgements on the new source. */
    public static String withoutSemiSync(ServerId newSource, int needed) {
        String few = needed <= 1 ? "no slave" : "fewer than " + needed + " slaves";
        return newSource
                + ": the master's side of semi-sync is off, because " + few
                + " would acknowledge and every commit would"
                + " wait for its timeout; switch it on when " + (needed <= 1 ? "a slave does" : "as many do");
    }

    @Override
    public String semiSyncReplica(OnlineStep.SemiSyncReplica step) {
        return step.server() + ": switch the slave's side of semi-sync on";
    }

    @Override
    public String withdrawAddress(OnlineStep.WithdrawAddress step) {
        return step.server()
                + ": take the writers' address away (master_ip_online_change_script --command=stop, or vip)";
    }

    @Override
    public String assignAddress(OnlineStep.AssignAddress step) {
        return step.server()
                + ": give it the writers' address (master_ip_online_change_script --command=start, or vip)";
    }

    @Override
    public String moveAddress(OnlineStep.MoveAddress step) {
        return step.server() + ": give it the writers' address and take that from " + step.predecessor() + " (vip)";
    }

    @Override
    public String blockWrites(OnlineStep.BlockWrites step) {
        return step.server() + ": set read_only=1";
    }

    @Override
    public String allowWrites(OnlineStep.AllowWrites step) {
        return step.server() + ": set read_only=0";
    }

    @Override
    public String allowSuper(OnlineStep.AllowSuper step) {
        return step.server() + ": set super_read_only=0, where it exists; read_only=1 stays";
    }

    @Override
    public String lockTables(OnlineStep.LockTables step) {
        return step.server() + ": FLUSH TABLES WITH READ LOCK";
    }

    @Override
    public String unlockTables(OnlineStep.UnlockTables step) {
        return step.server() + ": UNLOCK TABLES";
    }

    @Override
    public String readSwitchPoint(OnlineStep.ReadSwitchPoint step) {
        return step.server() + ": read where its history ends";
    }

    @Override
    public String proveEqual(OnlineStep.ProveEqual step) {
        return step.server() + ": execute everything up to there";
    }

    @Override
    public String confirmStill(OnlineStep.ConfirmStill step) {
        return step.server() + ": nothing was written since";
    }

    @Override
    public String stopReplication(OnlineStep.StopReplication step) {
        return step.server() + ": stop replication";
    }

    @Override
    public String startReplication(OnlineStep.StartReplication step) {
        if (step.threads().both()) {
            return step.server() + ": start replication";
        }
        return step.server() + ": start replication, the " + (step.threads().receiver() ? "I/O" : "SQL")
                + " thread only, as before";
    }

    @Override
    public String readCoordinates(OnlineStep.ReadCoordinates step) {
        return step.server() + ": read file and position";
    }

    @Override
    public String closeAgain(OnlineStep.CloseAgain step) {
        return step.server() + ": set read_only=1; nothing was written to it";
    }

    @Override
    public String forgetSource(OnlineStep.ForgetSource step) {
        return step.server() + ": RESET SLAVE ALL";
    }

    @Override
    public String repoint(OnlineStep.Repoint step) {
        return step.server() + ": replicate from " + step.newSource();
    }

    @Override
    public String rejoin(OnlineStep.Rejoin step) {
        return step.server() + ": become a slave of " + step.newSource();
    }
}
