package io.mha4j.monitor.simulation;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.remote.ByteSink;
import io.mha4j.remote.FileRange;
import io.mha4j.remote.Host;
import io.mha4j.remote.PortForward;
import java.util.List;

/** A host on which nothing but programs can be run. */
final class SimulatedHost implements Host {
    private final String name;
    private final SimulatedTime time;
    private final Traffic traffic;
    private final Shell shell;

    /** What a program does there. */
    interface Shell {
        Result run(Deadline deadline);
    }

    SimulatedHost(String name, SimulatedTime time, Traffic traffic, Shell shell) {
        this.name = name;
        this.time = time;
        this.traffic = traffic;
        this.shell = shell;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Result run(List<String> argv, Deadline deadline) {
        traffic.begun();
        try {
            return shell.run(deadline);
        } finally {
            traffic.ended();
        }
    }

    /** Waits as for a host that does not answer. */
    static CommandException silence(SimulatedTime time, Deadline deadline) {
        time.passUntil(deadline.endTick());
        return new CommandException("no answer over SSH");
    }

    /** Lets a program take so long, if there is so much time. */
    static void take(long nanos, SimulatedTime time, Deadline deadline) {
        if (time.nanos() + nanos > deadline.endTick()) {
            throw silence(time, deadline);
        }
        time.pass(nanos);
    }

    @Override
    public long readFile(FileRange range, ByteSink sink, Deadline deadline) {
        throw unasked();
    }

    @Override
    public List<String> listDirectory(String path, Deadline deadline) {
        throw unasked();
    }

    @Override
    public long fileSize(String path, Deadline deadline) {
        throw unasked();
    }

    @Override
    public PortForward forwardToHere(int localPort, Deadline deadline) {
        throw unasked();
    }

    @Override
    public void tryForwardToHere(Deadline deadline) {
        throw unasked();
    }

    /** Watching runs programs on hosts; files and ports are a failover's business. Should that change, the test must say so. */
    private AssertionError unasked() {
        return new AssertionError("watching asks " + name + " for programs alone");
    }

    @Override
    public void close() {}
}
