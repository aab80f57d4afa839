package io.mha4j.remote;

import io.mha4j.base.Deadline;
import java.util.List;

/** The machine that the tests run on, for tests that want one thing of it to be otherwise. */
public abstract class ThisMachine implements Host {
    private final Host real = new LocalHost();

    @Override
    public String name() {
        return real.name();
    }

    @Override
    public Result run(List<String> argv, Deadline deadline) {
        return real.run(argv, deadline);
    }

    @Override
    public long readFile(FileRange range, ByteSink sink, Deadline deadline) {
        return real.readFile(range, sink, deadline);
    }

    @Override
    public List<String> listDirectory(String path, Deadline deadline) {
        return real.listDirectory(path, deadline);
    }

    @Override
    public long fileSize(String path, Deadline deadline) {
        return real.fileSize(path, deadline);
    }

    @Override
    public PortForward forwardToHere(int localPort, Deadline deadline) {
        return real.forwardToHere(localPort, deadline);
    }

    @Override
    public void tryForwardToHere(Deadline deadline) {
        real.tryForwardToHere(deadline);
    }

    @Override
    public void close() {
        real.close();
    }
}
