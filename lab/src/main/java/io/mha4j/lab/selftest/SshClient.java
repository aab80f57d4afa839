package io.mha4j.lab.selftest;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import io.mha4j.base.Deadline;
import io.mha4j.lab.base.LabException;
import io.mha4j.lab.base.Waiter;
import io.mha4j.lab.host.LabHost;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** One SSH session to a lab host, by a client that shares no code with the lab's server. */
final class SshClient implements AutoCloseable {
    private static final int CONNECT_MILLIS = 3000;

    private final Session session;

    private SshClient(Session session) {
        this.session = session;
    }

    /**
     * Logs in.
     *
     * @throws LabException if that fails or takes more than 3 s
     */
    static SshClient to(LabHost host, Path key) {
        try {
            JSch jsch = new JSch();
            jsch.addIdentity(key.toString());
            Session session = jsch.getSession(System.getProperty("user.name"), host.address(), host.sshPort());
            session.setConfig("StrictHostKeyChecking", "no");
            session.connect(CONNECT_MILLIS);
            return new SshClient(session);
        } catch (JSchException e) {
            throw new LabException("SSH to " + host + ": " + e.getMessage(), e);
        }
    }

    /**
     * Runs a command and answers {@code status:stdout:stderr}.
     *
     * @throws LabException if the host does not answer in time
     */
    String run(String command, Duration limit) {
        try {
            ChannelExec channel = (ChannelExec) session.openChannel("exec");
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            channel.setCommand(command);
            channel.setOutputStream(out);
            channel.setErrStream(err);
            channel.connect((int) limit.toMillis());
            Waiter waiter = Waiter.real();
            Deadline deadline = waiter.in(limit);
            boolean ended = waiter.until(deadline, () -> channel.isClosed() && channel.getExitStatus() >= 0);
            channel.disconnect();
            if (!ended) {
                throw new LabException(command + " had not ended after " + limit.toMillis() + " ms");
            }
            return channel.getExitStatus() + ":" + text(out) + ":" + text(err);
        } catch (JSchException e) {
            throw new LabException(command + ": " + e.getMessage(), e);
        }
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8).strip();
    }

    @Override
    public void close() {
        session.disconnect();
    }
}
