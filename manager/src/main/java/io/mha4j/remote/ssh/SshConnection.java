package io.mha4j.remote.ssh;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchChangedHostKeyException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchUnknownHostKeyException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SocketFactory;
import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.remote.PortForward;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** One authenticated SSH session. Public keys only: nobody is there to type a password. */
final class SshConnection implements Connection {
    /** As much as the session may hand over before the taker of a stream has to be waited for. */
    private static final int WINDOW_BYTES = 1 << 20;

    private final SshTarget target;
    private final Session session;
    private final OwnSockets sockets;
    private final JSch jsch;
    private volatile List<String> keys = List.of();

    private SshConnection(SshTarget target, JSch jsch, Session session, OwnSockets sockets) {
        this.target = target;
        this.jsch = jsch;
        this.session = session;
        this.sockets = sockets;
    }

    /**
     * Connects and logs in, within the deadline and the target's own limit.
     *
     * @param doubts told what is odd about the host's key though it is believed
     * @throws CommandException if that fails, with the reason and a way out
     */
    static SshConnection open(SshTarget target, Consumer<String> doubts, Deadline deadline) {
        Deadline attempt = deadline.atMost(target.limit());
        Duration budget = attempt.remaining();
        JSch jsch = new JSch();
        OwnSockets sockets = new OwnSockets(millis(budget));
        try {
            Session session = jsch.getSession(target.user(), target.address(), target.port());
            configure(session, target, doubts);
            session.setSocketFactory(sockets);
            SshConnection connection = new SshConnection(target, jsch, session, sockets);
            connection.connect(attempt, budget);
            return connection;
        } catch (JSchException e) {
            throw failed(target, List.of(), e);
        }
    }

    @Override
    public String name() {
        return target.name();
    }

    Session session() {
        return session;
    }

    @Override
    public boolean isAlive() {
        return session.isConnected() && !sockets.isClosed();
    }

    @Override
    public boolean bySudo() {
        return target.sudo();
    }

    @Override
    public Shell start(OutputStream out, OutputStream err, Deadline deadline) throws IOException {
        try {
            ChannelExec channel = channel();
            channel.setLocalWindowSizeMax(WINDOW_BYTES);
            channel.setCommand(Connection.shell(target.sudo()));
            channel.setOutputStream(out);
            channel.setErrStream(err);
            OwnShell shell = new OwnShell(channel, channel.getOutputStream());
            channel.connect(millis(deadline.remaining()));
            return shell;
        } catch (JSchException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void tryForward(Deadline deadline) {
        SshForward.tryOn(this, deadline);
    }

    @Override
    public Optional<PortForward> forward(int localPort, Consumer<Connection> back, Deadline deadline) {
        return SshForward.on(this, localPort, back, deadline);
    }

    private ChannelExec channel() throws JSchException, IOException {
        if (session.openChannel("exec") instanceof ChannelExec channel) {
            return channel;
        }
        // jsch answers null when the session ends at this moment.
        throw new IOException("the connection ended");
    }

    private record OwnShell(ChannelExec channel, OutputStream in) implements Shell {
        @Override
        public boolean isOpen() {
            return channel.isConnected() && !channel.isClosed();
        }

        @Override
        public void close() {
            channel.disconnect();
        }
    }

    /**
     * The socket first: a session that waits for a frozen host would not end by being asked to. Nobody waits for what jsch
     * tidies up then, which has no limit of its own.
     */
    @Override
    public void close() {
        sockets.close();
        Thread tidying = new Thread(session::disconnect, "ssh ends " + target.name());
        tidying.setDaemon(true);
        tidying.start();
    }

    static int millis(Duration duration) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, duration.toMillis()));
    }

    private void connect(Deadline attempt, Duration budget) {
        try {
            JschCall.await("ssh to " + target.name(), () -> connectNow(millis(budget)), attempt);
        } catch (TimeoutException e) {
            close();
            throw silent(budget, e);
        } catch (ExecutionException e) {
            close();
            // jsch has the same limit; now and then it is the first to notice.
            throw isSilence(e) ? silent(budget, e) : failed(target, keys, e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            close();
            throw InterruptedWork.during("SSH to " + target.name(), e);
        }
    }

    private CommandException silent(Duration budget, Exception cause) {
        return new CommandException(
                "SSH to %s did not answer within %.1f s; check that the host is up and not blocked by a firewall"
                        .formatted(target.name(), budget.toMillis() / 1000.0),
                cause);
    }

    private static boolean isSilence(Throwable e) {
        for (Throwable c = e; c != null; c = c.getCause()) {
            if (c instanceof SocketTimeoutException) {
                return true;
            }
        }
        return false;
    }

    private boolean connectNow(int limitMillis) throws JSchException {
        LoginKeys offered = LoginKeys.of(target);
        keys = offered.told();
        jsch.setIdentityRepository(offered);
        session.connect(limitMillis);
        return true;
    }

    static void configure(Session session, SshTarget target, Consumer<String> doubts) throws JSchException {
        session.setDaemonThread(true);
        session.setConfig("PreferredAuthentications", "publickey");
        session.setConfig("StrictHostKeyChecking", "yes");
        session.setHostKeyRepository(KnownHosts.of(target.hostKeys(), doubts));
        target.hostKeys().alias().ifPresent(session::setHostKeyAlias);
        SshAlgorithms.trust(session);
        target.algorithms().forEach((keyword, list) -> SshAlgorithms.apply(session, keyword, list));
        if (!target.aliveInterval().isZero()) {
            session.setServerAliveInterval(millis(target.aliveInterval()));
        }
        session.setServerAliveCountMax(target.aliveCount());
    }

    private static CommandException failed(SshTarget target, List<String> keys, Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        String why;
        if (cause instanceof CommandException known) {
            return known;
        } else if (cause instanceof JSchChangedHostKeyException) {
            why = "its host key is not the one in " + target.hostKeys().userFiles()
                    + "; if that is intended, remove the old one with ssh-keygen -R "
                    + target.knownAs();
        } else if (cause instanceof JSchUnknownHostKeyException) {
            why = "its host key is not in " + target.hostKeys().userFiles()
                    + "; add it, or set ssh_host_key_check=accept-new";
        } else if (message.startsWith("Auth fail") || message.startsWith("Auth cancel")) {
            why = "no key was accepted (" + (keys.isEmpty() ? "there is none" : String.join(", ", keys))
                    + "); add the public key to authorized_keys there, or name the right one with -i in ssh_options";
        } else {
            why = reason(cause) + "; check address, port and sshd";
        }
        return new CommandException("SSH to " + target.name() + ": " + why, cause);
    }

    private static String reason(Throwable cause) {
        Throwable root = cause.getCause() == null ? cause : cause.getCause();
        return String.valueOf(root.getMessage());
    }

    /** Keeps hold of the socket, so that it can be closed whatever jsch waits for. */
    private static final class OwnSockets implements SocketFactory, AutoCloseable {
        private final int connectMillis;
        private final Socket socket = new Socket();

        OwnSockets(int connectMillis) {
            this.connectMillis = connectMillis;
        }

        boolean isClosed() {
            return socket.isClosed();
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(host, port), connectMillis);
            return socket;
        }

        @Override
        public InputStream getInputStream(Socket of) throws IOException {
            return of.getInputStream();
        }

        @Override
        public OutputStream getOutputStream(Socket of) throws IOException {
            return of.getOutputStream();
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                // It is gone either way.
            }
        }
    }
}
