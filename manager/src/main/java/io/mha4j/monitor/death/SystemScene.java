package io.mha4j.monitor.death;

import io.mha4j.base.Deadline;
import io.mha4j.base.Ticks;
import io.mha4j.config.ServerSettings;
import io.mha4j.decision.death.Findings;
import io.mha4j.decision.death.Proof;
import io.mha4j.decision.death.Question;
import io.mha4j.monitor.Evidence;
import io.mha4j.monitor.Slot;
import io.mha4j.monitor.SourcePing;
import io.mha4j.monitor.SystemEvidence;
import io.mha4j.remote.Host;
import io.mha4j.topology.details.ServerFiles;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** The source itself, its host over the kept SSH connection, and the operator's secondary check. */
public final class SystemScene implements Scene {
    /** A host that is there refuses at once. */
    private static final Duration CONNECT = Duration.ofSeconds(1);

    private final ServerSettings source;
    private final SourcePing ping;
    private final SystemEvidence evidence;
    private final Host host;
    private final Ticks ticks;

    public SystemScene(ServerSettings source, SourcePing ping, SystemEvidence evidence, Host host, Ticks ticks) {
        this.source = source;
        this.ping = ping;
        this.evidence = evidence;
        this.host = host;
        this.ticks = ticks;
    }

    @Override
    public OptionalLong connection() {
        return ping.connection();
    }

    @Override
    public Optional<ServerFiles> files() {
        return ping.files(Deadline.in(source.watching().pingInterval(), ticks));
    }

    @Override
    public Seen see(ServerFiles files) {
        return new InstanceLook(host).see(files, source.id().port(), sshLimit());
    }

    private Deadline sshLimit() {
        return Deadline.in(source.ssh().connectionTimeout(), ticks);
    }

    @Override
    public Findings look(Instance instance, Deadline deadline) {
        Slot<Findings> remains = Slot.start("remains", ticks, () -> new RemainsLook(host).look(instance, sshLimit()));
        Deadline connect = deadline.atMost(CONNECT);
        Slot<Proof> port = Slot.start("port", ticks, () -> PortLook.refuses(source.id(), connect));
        Proof paused = evidence.paused()
                .<Proof>map(Proof.Refuted::new)
                .orElseGet(() -> new Proof.Shown("the manager is not paused"));
        Proof noAnswer = new Proof.Unknown("port " + source.id().port() + " has not answered in time");
        return Findings.NONE
                .with(Question.NOT_PAUSED, paused)
                .with(Question.PORT_REFUSES, port.await(deadline, () -> noAnswer))
                .and(remains.await(deadline, () -> RemainsLook.unknown(instance, "its host has not answered in time")));
    }

    @Override
    public boolean hasRoutes() {
        return source.watching().secondaryCheck().isPresent();
    }

    @Override
    public Proof notReached() {
        Evidence.Veto veto = evidence.routes();
        return veto.raised() ? new Proof.Refuted(veto.why()) : new Proof.Shown(veto.why());
    }
}
