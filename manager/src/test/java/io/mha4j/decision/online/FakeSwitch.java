package io.mha4j.decision.online;

import io.mha4j.base.ServerId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Two servers that behave, and the writers' address; clients write to whoever is writable whenever they may. */
final class FakeSwitch implements OnlineStep.Cases<String> {
    /** A script that opens the new master itself, as MHA's sample does. */
    private final boolean scriptOpens;

    private final Map<ServerId, Server> servers = new HashMap<>();
    /** How often parallel appliers tell their places. */
    private final Map<ServerId, Long> periods = new HashMap<>();

    private Optional<ServerId> address;
    private int mostWritable;

    /** All that a client, an operator or a replica could notice. */
    record Server(boolean readOnly, boolean locked, boolean replicating, boolean scheduler, boolean semiSync) {
        boolean writable() {
            return !readOnly && !locked;
        }
    }

    /** What was there at some moment. */
    record State(Map<ServerId, Server> servers, Map<ServerId, Long> periods, Optional<ServerId> address) {}

    FakeSwitch(ServerId old, ServerId next, boolean nextHasSemiSync, boolean scriptOpens) {
        this.scriptOpens = scriptOpens;
        servers.put(old, new Server(false, false, false, true, false));
        servers.put(next, new Server(true, false, true, false, nextHasSemiSync));
        address = Optional.of(old);
    }

    /** The same with a parallel replica. */
    FakeSwitch parallel(ServerId replica, long period) {
        periods.put(replica, period);
        return this;
    }

    State state() {
        return new State(Map.copyOf(servers), Map.copyOf(periods), address);
    }

    int mostWritable() {
        return mostWritable;
    }

    private Server at(ServerId id) {
        return Optional.ofNullable(servers.get(id)).orElseThrow();
    }

    private String put(ServerId id, Server server) {
        servers.put(id, server);
        mostWritable = Math.max(mostWritable, (int)
                servers.values().stream().filter(Server::writable).count());
        return "";
    }

    @Override
    public String flushTables(OnlineStep.FlushTables step) {
        return "";
    }

    @Override
    public String approach(OnlineStep.Approach step) {
        return "";
    }

    @Override
    public String setScheduler(OnlineStep.SetScheduler step) {
        Server s = at(step.server());
        return put(step.server(), new Server(s.readOnly, s.locked, s.replicating, step.on(), s.semiSync));
    }

    @Override
    public String setCheckpointPeriod(OnlineStep.SetCheckpointPeriod step) {
        periods.put(step.server(), step.millis());
        return "";
    }

    @Override
    public String semiSyncSource(OnlineStep.SemiSyncSource step) {
        Server s = at(step.server());
        return put(step.server(), new Server(s.readOnly, s.locked, s.replicating, s.scheduler, step.on()));
    }

    @Override
    public String semiSyncReplica(OnlineStep.SemiSyncReplica step) {
        return "";
    }

    @Override
    public String withdrawAddress(OnlineStep.WithdrawAddress step) {
        address = Optional.empty();
        return "";
    }

    @Override
    public String assignAddress(OnlineStep.AssignAddress step) {
        address = Optional.of(step.server());
        return scriptOpens ? allowWrites(new OnlineStep.AllowWrites(step.server())) : "";
    }

    @Override
    public String moveAddress(OnlineStep.MoveAddress step) {
        if (!at(step.server()).readOnly || !at(step.predecessor()).readOnly) {
            throw new AssertionError("clients reach a server that takes writes while the address moves: " + step);
        }
        address = Optional.of(step.server());
        return "";
    }

    @Override
    public String blockWrites(OnlineStep.BlockWrites step) {
        Server s = at(step.server());
        return put(step.server(), new Server(true, s.locked, s.replicating, s.scheduler, s.semiSync));
    }

    @Override
    public String allowWrites(OnlineStep.AllowWrites step) {
        Server s = at(step.server());
        return put(step.server(), new Server(false, s.locked, s.replicating, s.scheduler, s.semiSync));
    }

    @Override
    public String allowSuper(OnlineStep.AllowSuper step) {
        return "";
    }

    @Override
    public String lockTables(OnlineStep.LockTables step) {
        Server s = at(step.server());
        return put(step.server(), new Server(s.readOnly, true, s.replicating, s.scheduler, s.semiSync));
    }

    @Override
    public String unlockTables(OnlineStep.UnlockTables step) {
        Server s = at(step.server());
        return put(step.server(), new Server(s.readOnly, false, s.replicating, s.scheduler, s.semiSync));
    }

    @Override
    public String readSwitchPoint(OnlineStep.ReadSwitchPoint step) {
        return "";
    }

    @Override
    public String proveEqual(OnlineStep.ProveEqual step) {
        return "";
    }

    @Override
    public String confirmStill(OnlineStep.ConfirmStill step) {
        return "";
    }

    @Override
    public String stopReplication(OnlineStep.StopReplication step) {
        Server s = at(step.server());
        return put(step.server(), new Server(s.readOnly, s.locked, false, s.scheduler, s.semiSync));
    }

    @Override
    public String startReplication(OnlineStep.StartReplication step) {
        Server s = at(step.server());
        return put(step.server(), new Server(s.readOnly, s.locked, true, s.scheduler, s.semiSync));
    }

    @Override
    public String readCoordinates(OnlineStep.ReadCoordinates step) {
        return "";
    }

    @Override
    public String closeAgain(OnlineStep.CloseAgain step) {
        return blockWrites(new OnlineStep.BlockWrites(step.server(), true));
    }

    @Override
    public String forgetSource(OnlineStep.ForgetSource step) {
        return "";
    }

    @Override
    public String repoint(OnlineStep.Repoint step) {
        return "";
    }

    @Override
    public String rejoin(OnlineStep.Rejoin step) {
        return "";
    }
}
