package io.mha4j.lab.host;

import io.mha4j.lab.base.LabException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/**
 * An SSH server in this process: public-key login, commands through {@code /bin/sh -c}, a shell, SFTP, forwarding both
 * ways. Who logs in as another account of this machine runs programs as that. Sessions may idle for ever, as with OpenSSH's defaults.
 */
final class SshEndpoint implements SshService {
    private final String host;
    private final int port;
    private final Path folder;
    private final SshKeys loginKey;
    private final ShellPrograms programs;

    private SshKeys hostKey;
    private int keysMade = 1;
    private boolean forwarding = true;

    private Optional<SshServer> listening = Optional.empty();

    SshEndpoint(String host, int port, SshKeys loginKey, Path folder) {
        this.host = host;
        this.port = port;
        this.folder = folder;
        this.hostKey = SshKeys.generate(folder.resolve("ssh_host_ed25519_key"));
        this.loginKey = loginKey;
        this.programs = new ShellPrograms(folder);
    }

    @Override
    public synchronized void open() {
        if (listening.isPresent()) {
            return;
        }
        SshServer server = configured();
        try {
            server.start();
        } catch (IOException e) {
            throw new LabException("SSH cannot listen on %s:%d: %s".formatted(host, port, e.getMessage()), e);
        }
        listening = Optional.of(server);
    }

    private SshServer configured() {
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost(host);
        server.setPort(port);
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey.pair()));
        server.setPublickeyAuthenticator((user, key, session) ->
                KeyUtils.compareKeys(key, loginKey.pair().getPublic()));
        server.setCommandFactory(
                (channel, command) -> programs.command(channel.getSession().getUsername(), command));
        server.setShellFactory(channel -> programs.shell(channel.getSession().getUsername()));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        server.setForwardingFilter(
                forwarding ? AcceptAllForwardingFilter.INSTANCE : RejectAllForwardingFilter.INSTANCE);
        // OpenSSH answers at once too; without this the second of two answers waits 40 ms for the first to be
        // acknowledged.
        CoreModuleProperties.TCP_NODELAY.set(server, true);
        CoreModuleProperties.IDLE_TIMEOUT.set(server, Duration.ZERO);
        CoreModuleProperties.NIO2_READ_TIMEOUT.set(server, Duration.ZERO);
        return server;
    }

    @Override
    public synchronized void newHostKey() {
        hostKey = SshKeys.generate(folder.resolve("ssh_host_ed25519_key" + ++keysMade));
        listening.ifPresent(server -> server.setKeyPairProvider(KeyPairProvider.wrap(hostKey.pair())));
    }

    @Override
    public synchronized void forbidForwarding() {
        forwarding = false;
        listening.ifPresent(server -> server.setForwardingFilter(RejectAllForwardingFilter.INSTANCE));
    }

    @Override
    public synchronized void shut() {
        Optional<SshServer> server = listening;
        listening = Optional.empty();
        if (server.isPresent()) {
            try {
                server.get().stop(true);
            } catch (IOException e) {
                throw new LabException("SSH on %s:%d cannot be stopped: %s".formatted(host, port, e.getMessage()), e);
            }
        }
    }

    /** Kills what was started over SSH and still runs. */
    void killPrograms() {
        programs.killAll();
    }

    @Override
    public void close() {
        shut();
        killPrograms();
    }
}
