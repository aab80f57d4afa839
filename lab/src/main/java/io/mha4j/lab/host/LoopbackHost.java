package io.mha4j.lab.host;

import io.mha4j.lab.server.LabServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A loopback address as a host: files and processes are this machine's, SSH runs in this process; what makes it a host is
 * what can be reached at its address.
 */
public final class LoopbackHost implements Surroundings {
    private final String address;
    private final int sshPort;
    private final SshEndpoint ssh;
    private final PacketFilter network;
    private final List<SilentPort> silent = new ArrayList<>();
    private boolean off;

    /**
     * Nothing is started yet.
     *
     * @param loginKey who may log in
     * @param folder   keeps the host key and the record of commands; exists
     */
    public LoopbackHost(String address, int sshPort, SshKeys loginKey, Path folder) {
        this.address = address;
        this.sshPort = sshPort;
        this.ssh = new SshEndpoint(address, sshPort, loginKey, folder);
        this.network = PacketFilter.onLoopback(address, System.getenv());
    }

    @Override
    public List<String> inside(List<String> argv) {
        return argv;
    }

    @Override
    public int sshPort() {
        return sshPort;
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
    public synchronized void powerOn() {
        if (off) {
            silent.forEach(SilentPort::close);
            silent.clear();
            ssh.shut();
            network.heal();
            off = false;
        }
    }

    /** Open SSH sessions fall silent inside a network namespace of the lab's own and break elsewhere. */
    @Override
    public synchronized void powerOff(LabServer server) {
        off = true;
        if (network.isAvailable()) {
            network.drop(server.port(), Direction.BOTH);
            network.drop(sshPort, Direction.BOTH);
        }
        if (server.running()) {
            server.kill9();
        }
        ssh.killPrograms();
        if (!network.isAvailable()) {
            ssh.shut();
            silent.add(SilentPort.on(address, sshPort));
            silent.add(SilentPort.on(address, server.port()));
        }
    }

    @Override
    public synchronized void close() {
        silent.forEach(SilentPort::close);
        ssh.close();
    }
}
