package io.mha4j.remote.ssh;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import io.mha4j.config.ServerSettings;
import io.mha4j.config.ServerSettings.HostKeyCheck;
import io.mha4j.config.ServerSettings.SshManner;
import io.mha4j.config.ServerSettings.SshTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.forward.DefaultForwarder;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.server.shell.ProcessShellCommandFactory;

/** An SSH server in this process that runs real programs; every public key of user {@code tester} may log in. */
final class SshServerFixture implements AutoCloseable {
    private static final AttributeKey<Boolean> COUNTED = new AttributeKey<>();

    private final SshServer server = SshServer.setUpDefaultServer();
    private final AtomicInteger logins = new AtomicInteger();
    private final AtomicInteger forwards = new AtomicInteger();

    SshServerFixture() {
        server.setHost("127.0.0.1");
        newHostKey();
        server.setPublickeyAuthenticator((user, key, session) -> {
            boolean first = session.getAttribute(COUNTED) == null;
            session.setAttribute(COUNTED, true);
            if (first) {
                logins.incrementAndGet();
            }
            return user.equals("tester");
        });
        server.setCommandFactory(ProcessShellCommandFactory.INSTANCE);
        server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
        server.setForwarderFactory(CountingForwarder::new);
        start();
    }

    int port() {
        return server.getPort();
    }

    /** How many sessions tried to log in so far. */
    int logins() {
        return logins.get();
    }

    /** How many ports led to clients and were not given back. */
    int forwards() {
        return forwards.get();
    }

    private final class CountingForwarder extends DefaultForwarder {
        CountingForwarder(ConnectionService service) {
            super(service);
        }

        @Override
        public SshdSocketAddress localPortForwardingRequested(SshdSocketAddress local) throws IOException {
            SshdSocketAddress bound = super.localPortForwardingRequested(local);
            forwards.incrementAndGet();
            return bound;
        }

        @Override
        public void localPortForwardingCancelled(SshdSocketAddress local) throws IOException {
            super.localPortForwardingCancelled(local);
            forwards.decrementAndGet();
        }
    }

    /** As after a new installation of the host. */
    void newHostKey() {
        SimpleGeneratorHostKeyProvider keys = new SimpleGeneratorHostKeyProvider();
        keys.setAlgorithm("EC");
        keys.setKeySize(256);
        server.setKeyPairProvider(keys);
    }

    /** From now on no key is good enough. */
    void refuseEverybody() {
        server.setPublickeyAuthenticator((user, key, session) -> false);
    }

    /** As {@code AllowTcpForwarding no}. */
    void forbidForwarding() {
        server.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
    }

    /** As a login shell that is none; it reads first, since this server drops what a program says that is written to in vain. */
    void answerEveryCommandWith(String text) {
        server.setCommandFactory((channel, command) ->
                ProcessShellCommandFactory.INSTANCE.createCommand(channel, "sh -c \"read line; echo '" + text + "'\""));
    }

    /** How many clients are connected. */
    int sessions() {
        return server.getActiveSessions().size();
    }

    /** Ends every session, as a restart of sshd or a killed connection does; the port stays open. */
    void cutSessions() {
        server.getActiveSessions().forEach(s -> s.close(true));
    }

    private void start() {
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }

    /** A home folder with one key as ssh-keygen writes it. */
    static Path homeWithKey(Path folder) throws IOException, JSchException {
        Path ssh = Files.createDirectories(folder.resolve(".ssh"));
        writeKey(ssh.resolve("id_ecdsa"));
        return folder;
    }

    static void writeKey(Path file) throws IOException, JSchException {
        KeyPair key = KeyPair.genKeyPair(new JSch(), KeyPair.ECDSA, 256);
        key.writeOpenSSHv1PrivateKey(file.toString(), new byte[0]);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** As on a host where sudo is the given program. */
    void sudoIs(Path program) {
        server.setCommandFactory((channel, command) -> ProcessShellCommandFactory.INSTANCE.createCommand(
                channel, command.replaceFirst("^sudo ", Matcher.quoteReplacement(program + " "))));
    }

    /** By the program ssh, which is to know only what the options say. */
    static ServerSettings.Ssh byProgram(int port, Duration connectionTimeout, Path home) {
        ServerSettings.Ssh plain = settings(
                port,
                connectionTimeout,
                "-F",
                "none",
                "-i",
                home.resolve(".ssh/id_ecdsa").toString(),
                "-o",
                "IdentitiesOnly=yes",
                "-o",
                "UserKnownHostsFile=" + home.resolve(".ssh/known_hosts"));
        return in(plain, new SshManner(Optional.of(HostKeyCheck.ACCEPT_NEW), false, SshTransport.SSH));
    }

    static ServerSettings.Ssh in(ServerSettings.Ssh ssh, SshManner manner) {
        return new ServerSettings.Ssh(
                ssh.host(), ssh.ip(), ssh.port(), ssh.user(), ssh.options(), ssh.connectionTimeout(), manner);
    }

    static ServerSettings.Ssh settings(int port, Duration connectionTimeout, String... options) {
        return new ServerSettings.Ssh("db1", "127.0.0.1", port, "tester", List.of(options), connectionTimeout);
    }
}
