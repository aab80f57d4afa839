package io.mha4j.lab.host;

import io.mha4j.lab.server.LabServer;
import java.nio.file.Path;
import java.util.List;

/** A host: one database server, SSH and a network at the same address, and what can go wrong with it. */
public final class LabHost implements AutoCloseable {
    private final LabServer server;
    private final Path folder;
    private final Surroundings around;

    /**
     * A host around {@code server}; neither the server nor SSH is started.
     *
     * @param folder the host's own; exists
     */
    public LabHost(LabServer server, Path folder, Surroundings around) {
        this.server = server;
        this.folder = folder;
        this.around = around;
    }

    /** Starts the server and SSH. */
    public void start() {
        around.powerOn();
        server.start();
        around.ssh().open();
    }

    public LabServer server() {
        return server;
    }

    /** The address of server and SSH. */
    public String address() {
        return server.host();
    }

    /** {@code argv} as a command line that runs on this host; hosts at loopback addresses share their programs. */
    public List<String> inside(List<String> argv) {
        return around.inside(argv);
    }

    public int sshPort() {
        return around.sshPort();
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
        around.ssh().shut();
    }

    /** SSH answers again. */
    public void restoreSsh() {
        around.ssh().open();
    }

    /** SSH shows another host key to whoever connects from now on. */
    public void changeHostKey() {
        around.ssh().newHostKey();
    }

    /** SSH leads no port anywhere for whoever connects from now on. */
    public void forbidForwarding() {
        around.ssh().forbidForwarding();
    }

    /** The whole host vanishes: server and programs killed, nothing answers at its ports any more. */
    public synchronized void hostGone() {
        around.powerOff(server);
    }

    /** The vanished host is powered on again: SSH and server start, the network is whole. */
    public synchronized void hostBack() {
        start();
    }

    /** Packets of SQL connections to this host are lost. Needs a network namespace of the lab's own. */
    public void cutSql(Direction direction) {
        around.network().drop(server.port(), direction);
    }

    /** Packets of SSH connections to this host are lost. Needs a network namespace of the lab's own. */
    public void cutSshByPacketLoss(Direction direction) {
        around.network().drop(sshPort(), direction);
    }

    /** All packets between this host and the one at {@code other} are lost. Needs namespaces of the host's own. */
    public void cutFrom(String other) {
        cutFrom(other, Direction.BOTH);
    }

    /** The same for packets of one direction. */
    public void cutFrom(String other, Direction direction) {
        around.network().dropBetween(other, direction);
    }

    /** No packet is lost any more. */
    public void healNetwork() {
        around.network().heal();
    }

    @Override
    public synchronized void close() {
        try (server) {
            around.close();
        }
    }

    @Override
    public String toString() {
        return server.toString();
    }
}
