package io.mha4j.remote.ssh;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.remote.PortForward;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A port of a host that leads here, held by a running {@code ssh}. */
final class ProgramForward implements PortForward {
    private static final List<String> NOT_SHARED = List.of(
            "-o",
            "ControlMaster=no",
            "-o",
            "ControlPath=none",
            "-o",
            "LogLevel=INFO",
            "-o",
            "ExitOnForwardFailure=yes");

    private final SshProgram program;
    private final int port;

    private ProgramForward(SshProgram program, int port) {
        this.program = program;
        this.port = port;
    }

    /**
     * Starts it and waits until ssh tells the port.
     *
     * @throws CommandException if that fails, with what ssh said
     */
    static ProgramForward open(ProgramTransport transport, int localPort, Deadline deadline) {
        Listener listener = new Listener();
        SshProgram program = SshProgram.start(
                transport.argv(options(localPort), "exec cat >/dev/null"), OutputStream.nullOutputStream(), listener);
        boolean done = false;
        try {
            ProgramForward forward = new ProgramForward(program, listener.port(transport, deadline));
            done = true;
            return forward;
        } finally {
            if (!done) {
                program.close();
            }
        }
    }

    private static List<String> options(int localPort) {
        List<String> options = new ArrayList<>(NOT_SHARED);
        options.addAll(List.of("-R", "127.0.0.1:0:127.0.0.1:" + localPort));
        return options;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public boolean isOpen() {
        return program.isOpen();
    }

    @Override
    public void close() {
        program.close();
    }

    /** Reads what ssh says until it tells the port. */
    private static final class Listener extends OutputStream {
        private static final Pattern ALLOCATED = Pattern.compile("Allocated port (\\d+) for remote forward");

        private final ByteArrayOutputStream said = new ByteArrayOutputStream();
        private final CompletableFuture<Integer> port = new CompletableFuture<>();

        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
            if (port.isDone()) {
                return;
            }
            said.write(bytes, from, length);
            Matcher told = ALLOCATED.matcher(text());
            if (told.find()) {
                port.complete(Integer.valueOf(told.group(1)));
            }
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void close() {
            port.completeExceptionally(new IOException("ssh ended"));
        }

        private synchronized String text() {
            return said.toString(StandardCharsets.UTF_8);
        }

        int port(ProgramTransport transport, Deadline deadline) {
            try {
                return port.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
            } catch (ExecutionException e) {
                if (text().contains("remote port forwarding failed")) {
                    throw SshForward.forbidden(transport.name(), e);
                }
                throw SshComplaint.failed(transport, text(), e);
            } catch (TimeoutException e) {
                throw SshComplaint.silent(transport, e);
            } catch (InterruptedException e) {
                throw InterruptedWork.during("asking " + transport.name() + " for a port forward", e);
            }
        }
    }
}
