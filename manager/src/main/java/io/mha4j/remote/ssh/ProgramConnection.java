package io.mha4j.remote.ssh;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.remote.LimitedBytes;
import io.mha4j.remote.LocalRunner;
import io.mha4j.remote.PortForward;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A connection that a running {@code ssh} holds and others share (ControlMaster), by a socket in a folder that only this
 * account can enter.
 */
final class ProgramConnection implements Connection {
    private static final String SOCKET = "s";

    /**
     * The marker says that the login succeeded; then cat waits for the end of its input, which is our end. The account's
     * own shell, csh or fish perhaps, has to know nothing but {@code exec} and single quotes.
     */
    static final String HOLD = "exec /bin/sh -c 'read m && printf \"\\n%s 0\\n\" \"$m\" && exec cat >/dev/null'";

    private final ProgramTransport transport;
    private final Path folder;
    private final ShellStream said = new ShellStream();
    private final ShellStream complaints = new ShellStream();
    private final SshProgram holder;

    private ProgramConnection(ProgramTransport transport, Path folder) {
        this.transport = transport;
        this.folder = folder;
        holder = SshProgram.start(
                transport.argv(
                        List.of(
                                "-M",
                                "-S",
                                folder.resolve(SOCKET).toString(),
                                "-o",
                                "ControlPersist=no",
                                "-o",
                                "ClearAllForwardings=yes"),
                        HOLD),
                said,
                complaints);
    }

    /**
     * Starts the holder and waits until it has logged in.
     *
     * @throws CommandException if that fails, with what ssh said
     */
    static ProgramConnection open(ProgramTransport transport, Deadline deadline) {
        Path folder;
        try {
            folder = Files.createTempDirectory("mha4j-");
        } catch (IOException e) {
            throw new CommandException("no folder for the socket of ssh can be made: " + e.getMessage(), e);
        }
        ProgramConnection connection = null;
        boolean done = false;
        try {
            connection = new ProgramConnection(transport, folder);
            connection.login(deadline);
            done = true;
            return connection;
        } finally {
            if (!done) {
                if (connection != null) {
                    connection.close();
                }
                remove(folder);
            }
        }
    }

    private void login(Deadline deadline) {
        LimitedBytes why = new LimitedBytes(LocalRunner.KEPT_BYTES);
        String mark = UUID.randomUUID().toString();
        CompletableFuture<Integer> loggedIn = said.expect(mark, (bytes, from, length) -> {});
        CompletableFuture<Integer> ended = complaints.expect(mark, why::add);
        try {
            holder.in().write((mark + "\n").getBytes(StandardCharsets.US_ASCII));
            holder.in().flush();
            loggedIn.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (IOException | ExecutionException e) {
            SshComplaint.awaitEnd(ended, deadline);
            throw SshComplaint.failed(transport, why.text(), e);
        } catch (TimeoutException e) {
            throw SshComplaint.silent(transport, e);
        } catch (InterruptedException e) {
            throw InterruptedWork.during("SSH to " + name(), e);
        }
    }

    /** By a connection of its own: through a shared one ssh does not say why it fails. */
    @Override
    public void tryForward(Deadline deadline) {
        transport.forward(SshForward.NO_SERVICE, deadline).close();
    }

    /** The program that holds the connection takes orders for ports at its start only. */
    @Override
    public Optional<PortForward> forward(int localPort, Consumer<Connection> back, Deadline deadline) {
        return Optional.empty();
    }

    @Override
    public String name() {
        return transport.name();
    }

    @Override
    public boolean isAlive() {
        return holder.isOpen();
    }

    @Override
    public boolean bySudo() {
        return transport.bySudo();
    }

    @Override
    public Shell start(OutputStream out, OutputStream err, Deadline deadline) {
        return SshProgram.start(
                transport.argv(
                        List.of("-S", folder.resolve(SOCKET).toString(), "-o", "ControlMaster=no"),
                        Connection.shell(transport.bySudo())),
                out,
                err);
    }

    @Override
    public void close() {
        holder.close();
        remove(folder);
    }

    /** ssh removes its socket unless it was killed. */
    private static void remove(Path folder) {
        try {
            Files.deleteIfExists(folder.resolve(SOCKET));
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // An empty folder of ours stays behind, which does no harm.
        }
    }
}
