package io.mha4j.monitor.ssh;

import io.mha4j.base.ServerId;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.config.ServerSettings.FenceWay;
import io.mha4j.config.ServerSettings.UnreadableTail;
import io.mha4j.report.EventLog;
import io.mha4j.report.trouble.Trouble.State;
import io.mha4j.report.trouble.Troubles;
import io.mha4j.topology.ManagedTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Notices while a source is watched that a host can no longer be reached over SSH, and that it can be again, and says what a
 * failover would come to without it. Safe for use by several threads.
 */
public final class SshLoss {
    /** One may fail by chance, or because sshd is being restarted. */
    private static final int TRIES = 2;

    private final EventLog log;
    private final Troubles troubles;
    /** Tries in a row that failed. */
    private final Map<ServerId, Integer> failed = new TreeMap<>();

    public SshLoss(EventLog log, Troubles troubles) {
        this.log = log;
        this.troubles = troubles;
    }

    /** Another round of tries is due: who is not asked for any more is not missed either. */
    public synchronized void round(Application app) {
        List<ServerId> asked = app.servers().stream()
                .filter(server -> !server.roles().skipSshCheck())
                .map(ServerSettings::id)
                .toList();
        for (ServerId server : List.copyOf(failed.keySet())) {
            if (!asked.contains(server)) {
                over(server);
            }
        }
    }

    /** Nothing is watched any more. */
    public synchronized void forget() {
        failed.clear();
    }

    /**
     * The host of a server was tried.
     *
     * @param tree    as it was seen last
     * @param failure why it was not reached; nothing if it was
     */
    public synchronized void tried(ServerSettings server, ManagedTree tree, Optional<String> failure) {
        if (failure.isEmpty()) {
            if (over(server.id())) {
                log.info("The host of {} is reached over SSH again", server.id());
            }
            return;
        }
        int tries = failed.merge(server.id(), 1, Integer::sum);
        if (tries >= TRIES) {
            String why = "its host cannot be reached over SSH (" + failure.get() + "); if the master died now, "
                    + (server.id().equals(tree.source()) ? ofTheSource(server) : ofAReplica(server, tree));
            if (tries == TRIES) {
                log.warning("{}: {}", server.id(), why);
            }
            troubles.begin(State.SSH_LOST, server.id().toString(), why);
        }
    }

    /** Whether it was told as lost. */
    private boolean over(ServerId server) {
        Optional<Integer> tries = Optional.ofNullable(failed.remove(server));
        troubles.end(State.SSH_LOST, server.toString());
        return tries.filter(t -> t >= TRIES).isPresent();
    }

    private static String ofTheSource(ServerSettings source) {
        if (source.policy().unreadableTail() == UnreadableTail.STOP) {
            return "on_unreadable_tail=stop would forbid the failover, unless a [binlogN] host has a copy of its binary log";
        }
        String lost = "transactions that no slave has received would be lost";
        if (source.fencing().way() == FenceWay.NONE) {
            return lost;
        }
        boolean refused =
                source.fencing().required() && source.scripts().shutdown().isEmpty();
        return lost + ", and the fence could not be proven"
                + (refused ? ": require_fence=1 would forbid the failover" : "");
    }

    private static String ofAReplica(ServerSettings replica, ManagedTree tree) {
        List<String> missing = new ArrayList<>();
        if (!tree.mode().usesGtids()) {
            missing.add("what only this slave has received could not be taken from its relay logs");
        }
        if (replica.levelling().feedAddress().isEmpty()) {
            missing.add("what was rescued would be applied to it over SQL, which takes longer");
        }
        if (replica.scripts().vip().isPresent()) {
            missing.add("vip could not be moved to it");
        }
        return missing.isEmpty() ? "nothing would be missed" : String.join("; ", missing);
    }
}
