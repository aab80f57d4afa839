package io.mha4j.lab.wire;

import io.mha4j.lab.fetch.DebianPackages;
import io.mha4j.lab.fetch.FetchCache;
import io.mha4j.lab.host.PacketFilter;
import io.mha4j.lab.host.SshKeys;
import io.mha4j.lab.host.SshService;
import io.mha4j.lab.host.Surroundings;
import io.mha4j.lab.server.LabServer;
import java.util.List;

/** What makes a host of a server that runs in namespaces of its own. */
public final class NamespaceHost implements Surroundings {
    private static final int SSH_PORT = 22;

    private final Namespace namespace;
    private final OpenSsh ssh;
    private final PacketFilter network;

    /** Without power; {@code loginKey} may log in. */
    public NamespaceHost(Namespace namespace, SshKeys loginKey) {
        this.namespace = namespace;
        SshPackages software = SshPackages.fetched(FetchCache.of(System.getenv()), new DebianPackages(System.err));
        this.ssh = new OpenSsh(namespace, SSH_PORT, software, loginKey.privateFile());
        this.network = PacketFilter.inNamespace(namespace.address(), namespace::inside);
    }

    private static SshPackages software() {
        return SshPackages.fetched(FetchCache.of(System.getenv()), new DebianPackages(System.err));
    }

    /** Fetches what is missing, which a process in a network namespace of its own cannot. */
    public static void prepare() {
        software();
    }

    @Override
    public List<String> inside(List<String> argv) {
        return namespace.inside(argv);
    }

    @Override
    public int sshPort() {
        return SSH_PORT;
    }

    @Override
    public SshService ssh() {
        return ssh;
    }

    @Override
    public PacketFilter network() {
        return network;
    }

    @Override
    public void powerOn() {
        namespace.powerOn();
    }

    @Override
    public void powerOff(LabServer server) {
        namespace.powerOff();
    }

    @Override
    public void close() {
        namespace.close();
    }
}
