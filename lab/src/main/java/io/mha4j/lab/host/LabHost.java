package io.mha4j.lab.host;

import io.mha4j.lab.server.LabServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A host: one database server and one SSH endpoint at the same loopback address. Its file system and processes are this
 * machine's; what makes it a host is what can be reached at its address.
 */
public final class LabHost implements AutoCloseable {
    private final LabServer server;
    private final int sshPort;
    private final SshEndpoint ssh;
    private final Path folder;
    private final PacketFilter filter;
    private final List<SilentPort> silent = new ArrayList<>();

    /**
     * A host around {@code server}; neither the server nor SSH is started.
     *
     * @param loginKey who may log in
     * @param folder   keeps the host key and the record of commands; exists
     */
    public LabHost(LabServer server, int sshPort, SshKeys loginKey, Path folder) {
        this.server = server;
        this.sshPort = sshPort;
        this.ssh = new SshEndpoint(server.host(), sshPort, loginKey, folder);
        this.folder = folder;
        this.filter = new PacketFilter(server.host(), System.getenv());
    }

    /** Starts the server and SSH. */
    public void start() {
        server.start();
        ssh.open();
    }

    public LabServer server() {
        return server;
    }

    /** The loopback address. */
    public String address() {
        return server.host();
    }

    public int sshPort() {
        return sshPort;
    }

    /** The host's own folder: server files, work folder of the node tools, records. */
    public Path folder() {
        return folder;
    }

    /** Every command line run over SSH, one a line after its time; further lines of one command are indented. */
    public Path commandLog() {
        return folder.resolve("ssh-commands.log");
    }

    /** Everything typed into shells over SSH. */
    public Path shellLog() {
        return folder.resolve("ssh-shell.log");
    }

    /** The SSH port refuses, open sessions break; programs started over them go on. */
    public void cutSsh() {
        ssh.shut();
    }

    /** SSH answers again. */
    public void restoreSsh() {
        ssh.open();
    }

    /** SSH shows another host key to whoever connects from now on. */
    public void changeHostKey() {
        ssh.newHostKey();
    }

    /** SSH leads no port anywhere for whoever connects from now on. */
    public void forbidForwarding() {
        ssh.forbidForwarding();
    }

    /**
     * The whole host vanishes: server and programs killed, nothing answers at its ports any more. Open SSH sessions fall
     * silent inside a network namespace of the lab's own and break elsewhere.
     */
    public synchronized void hostGone() {
        if (filter.isAvailable()) {
            filter.drop(server.port(), Direction.BOTH);
            filter.drop(sshPort, Direction.BOTH);
        }
        if (server.running()) {
            server.kill9();
        }
        ssh.killPrograms();
        if (!filter.isAvailable()) {
            ssh.shut();
            silent.add(SilentPort.on(address(), sshPort));
            silent.add(SilentPort.on(address(), server.port()));
        }
    }

    /** The vanished host is powered on again: SSH and server start, the network is whole. */
    public synchronized void hostBack() {
        silent.forEach(SilentPort::close);
        silent.clear();
        ssh.shut();
        filter.heal();
        start();
    }

    /** Packets of SQL connections to this host are lost. Needs a network namespace of the lab's own. */
    public void cutSql(Direction direction) {
        filter.drop(server.port(), direction);
    }

    /** Packets of SSH connections to this host are lost. Needs a network namespace of the lab's own. */
    public void cutSshByPacketLoss(Direction direction) {
        filter.drop(sshPort, direction);
    }

    /** No packet is lost any more. */
    public void healNetwork() {
        filter.heal();
    }

    @Override
    public synchronized void close() {
        silent.forEach(SilentPort::close);
        ssh.close();
        server.close();
    }

    @Override
    public String toString() {
        return server.toString();
    }
}
