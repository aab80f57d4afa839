package io.mha4j.lab.host;

import io.mha4j.lab.server.LabServer;
import java.util.List;

/** What makes a host of a server: SSH beside it, a network, and power that can fail. */
public interface Surroundings extends AutoCloseable {
    /** {@code argv} as a command line that runs on the host. */
    List<String> inside(List<String> argv);

    int sshPort();

    SshService ssh();

    PacketFilter network();

    /** Afterwards server and SSH can be started; nothing happens while it is on already. */
    void powerOn();

    /** Server and programs are dead at once and nothing answers at the host's address any more. */
    void powerOff(LabServer server);

    /** Ends all but the server. */
    @Override
    void close();
}
