package io.mha4j.cli.watch;

import io.mha4j.base.Deadline;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.hooks.HookRunner;
import io.mha4j.monitor.AlreadyMonitored;
import io.mha4j.monitor.DeadAtStart;
import io.mha4j.monitor.DeathListener;
import io.mha4j.monitor.DeathProof;
import io.mha4j.monitor.LostConnections;
import io.mha4j.monitor.SourceHost;
import io.mha4j.monitor.SourcePing;
import io.mha4j.monitor.SourceProbe;
import io.mha4j.monitor.SystemEvidence;
import io.mha4j.monitor.WatchLog;
import io.mha4j.monitor.Watcher;
import io.mha4j.monitor.death.Coroner;
import io.mha4j.monitor.death.SystemScene;
import io.mha4j.monitor.received.ReceiversToo;
import io.mha4j.monitor.received.ReceptionLook;
import io.mha4j.mysql.MysqlException;
import io.mha4j.remote.Host;
import io.mha4j.remote.LocalRunner;
import io.mha4j.report.EventLog;
import io.mha4j.report.PauseFile;
import io.mha4j.report.StatusFile;
import io.mha4j.report.trouble.Troubles;
import io.mha4j.topology.ManagedTree;
import java.time.Duration;

/** Watches one source with everything that the manager has for that, until it is dead. */
public final class SourceWatch {
    private final Place place;
    private final ManagedTree tree;
    private final ServerSettings source;
    private final Host host;
    private final SystemEvidence evidence;
    private final WatchLog listener;

    /** Configuration, the order not to act, where is told what is seen, and what earlier watching left on servers. */
    public record Place(
            Application app,
            PauseFile pause,
            EventLog log,
            StatusFile status,
            Troubles troubles,
            LostConnections lost) {}

    /**
     * @param tree whose source is watched
     * @param host the source's
     */
    public SourceWatch(Place place, ManagedTree tree, Host host) {
        this.place = place;
        this.tree = tree;
        this.source = place.app().of(tree.source());
        this.host = host;
        this.evidence = new SystemEvidence(
                this.source,
                place.pause(),
                new HookRunner(new LocalRunner()),
                SourceHost.of(this.source, host),
                place.log(),
                SystemTime.TICKS);
        this.listener = new WatchLog(
                tree.source(), source.watching().pingType(), place.log(), place.status(), place.troubles());
    }

    /**
     * Comes back when the source is dead, with whether its host can be reached over SSH.
     *
     * @param watchedBefore whether it was watched until now
     */
    public boolean untilDead(boolean watchedBefore) {
        Duration interval = source.watching().pingInterval();
        try (SourcePing ping = ping()) {
            lock(ping, watchedBefore ? interval : interval.multipliedBy(4), watchedBefore);
            place.log()
                    .info(
                            "Starting ping health check on {} every {} s, ping_type={}",
                            source.id(),
                            interval.toSeconds(),
                            source.watching().pingType());
            return by(ping, proof(ping, listener));
        }
    }

    /** The same for one that did not answer at the start: it fails as often as one that is watched. */
    public boolean countedAtStart() {
        try (DeadAtStart probe = new DeadAtStart(source.id(), ping())) {
            return by(probe, DeathProof.NONE);
        }
    }

    private SourcePing ping() {
        return new SourcePing(source, place.lost(), SystemTime.TICKS);
    }

    private boolean by(SourceProbe probe, DeathProof proof) {
        return new Watcher(
                        probe,
                        new ReceiversToo(evidence, reception(), SystemTime.TICKS),
                        proof,
                        listener,
                        new Watcher.Rest(SystemTime.TICKS, SystemTime.SLEEPER))
                .untilDead(source.watching().pingInterval());
    }

    /**
     * A source that has been watched until now is watched on, whatever it answers at this moment: the checks count that, and
     * ask for the lock again.
     */
    private void lock(SourcePing ping, Duration wait, boolean watchedBefore) {
        try {
            ping.begin(wait, Deadline.in(wait.plusSeconds(5), SystemTime.TICKS));
        } catch (AlreadyMonitored | MysqlException e) {
            if (!watchedBefore) {
                throw e;
            }
            place.log().warning("{}; watching goes on", e.getMessage());
        }
    }

    private DeathProof proof(SourcePing ping, DeathListener told) {
        return source.watching().certainDeath()
                ? new Coroner(
                        new SystemScene(source, ping, evidence, host, SystemTime.TICKS),
                        told,
                        SystemTime.TICKS,
                        SystemTime.SLEEPER)
                : DeathProof.NONE;
    }

    private ReceptionLook reception() {
        return new ReceptionLook(tree, place.app().servers(), SystemTime.TICKS);
    }
}
