package io.mha4j.lab.host;

/** The SSH server of a host. */
public interface SshService extends AutoCloseable {
    /** Listens, unless it does already. */
    void open();

    /** The port refuses and open sessions break; programs started over them go on. */
    void shut();

    /** Whoever connects from now on sees another host key. */
    void newHostKey();

    /** As {@code AllowTcpForwarding no}, for whoever connects from now on. */
    void forbidForwarding();

    @Override
    void close();
}
