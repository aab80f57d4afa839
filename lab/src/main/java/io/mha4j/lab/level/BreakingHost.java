package io.mha4j.lab.level;

import io.mha4j.base.Deadline;
import io.mha4j.remote.ByteSink;
import io.mha4j.remote.FileRange;
import io.mha4j.remote.Host;
import io.mha4j.remote.PortForward;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Random;

/** A host whose forwarded ports lose their first connections on the way; all else is the host's own. */
final class BreakingHost implements Host {
    private static final int MOST_BYTES = 400_000;

    private final Host host;
    private final Random luck;
    private final int breaks;

    BreakingHost(Host host, Random luck, int breaks) {
        this.host = host;
        this.luck = luck;
        this.breaks = breaks;
    }

    @Override
    public PortForward forwardToHere(int localPort, Deadline deadline) {
        CuttingHop hop = new CuttingHop(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), localPort),
                cuts -> cuts < breaks ? 1 + luck.nextInt(MOST_BYTES) : CuttingHop.WHOLE);
        return new ThroughHop(host.forwardToHere(hop.port(), deadline), hop);
    }

    @Override
    public void tryForwardToHere(Deadline deadline) {
        host.tryForwardToHere(deadline);
    }

    private record ThroughHop(PortForward forward, CuttingHop hop) implements PortForward {
        @Override
        public int port() {
            return forward.port();
        }

        @Override
        public boolean isOpen() {
            return forward.isOpen();
        }

        @Override
        public void close() {
            System.out.println(LevelChild.BROKE + hop.cuts());
            forward.close();
            hop.close();
        }
    }

    @Override
    public String name() {
        return host.name();
    }

    @Override
    public Result run(List<String> argv, Deadline deadline) {
        return host.run(argv, deadline);
    }

    @Override
    public long readFile(FileRange range, ByteSink sink, Deadline deadline) {
        return host.readFile(range, sink, deadline);
    }

    @Override
    public List<String> listDirectory(String path, Deadline deadline) {
        return host.listDirectory(path, deadline);
    }

    @Override
    public long fileSize(String path, Deadline deadline) {
        return host.fileSize(path, deadline);
    }

    @Override
    public void close() {
        host.close();
    }
}
