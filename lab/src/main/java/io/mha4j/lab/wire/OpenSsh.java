package io.mha4j.lab.wire;

import io.mha4j.lab.base.Folders;
import io.mha4j.lab.base.LabException;
import io.mha4j.lab.base.Waiter;
import io.mha4j.lab.host.SshKeys;
import io.mha4j.lab.host.SshService;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** OpenSSH's server on a host of its own, with its defaults but for where its files lie. */
final class OpenSsh implements SshService {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int CONNECT_MILLIS = 1000;

    private final Namespace host;
    private final int port;
    private final SshPackages software;
    private final Path loginKey;
    private int keysMade;
    private boolean forwarding = true;

    /** {@code loginKey} is the private key of who may log in. */
    OpenSsh(Namespace host, int port, SshPackages software, Path loginKey) {
        this.host = host;
        this.port = port;
        this.software = software;
        this.loginKey = loginKey;
        makeKey();
    }

    private void makeKey() {
        SshKeys.generate(keyFile(++keysMade));
    }

    private Path keyFile(int number) {
        return host.folder().resolve("openssh_host_key" + number);
    }

    private Path log() {
        return host.folder().resolve("sshd.log");
    }

    @Override
    public synchronized void open() {
        if (answers()) {
            return;
        }
        Path config = host.folder().resolve("sshd_config");
        Folders.write(config, config());
        try {
            host.start(
                    List.of(software.sshd().toString(), "-D", "-f", config.toString(), "-E", log().toString()),
                    Map.of("LD_LIBRARY_PATH", software.libraries().toString()),
                    host.folder(),
                    log());
        } catch (IOException e) {
            throw new LabException("sshd cannot be started on " + host + ": " + e.getMessage(), e);
        }
        if (!Waiter.real().until(Waiter.real().in(LIMIT), this::answers)) {
            throw new LabException("sshd of " + host + " does not listen; see " + log());
        }
    }

    private String config() {
        return String.join(
                "\n",
                "Port " + port,
                "HostKey " + keyFile(keysMade),
                "AuthorizedKeysFile " + loginKey + ".pub",
                // The folders above belong to whoever runs the lab.
                "StrictModes no",
                "PermitRootLogin prohibit-password",
                "PasswordAuthentication no",
                "KbdInteractiveAuthentication no",
                "PidFile none",
                "Subsystem sftp internal-sftp",
                "AllowTcpForwarding " + (forwarding ? "yes" : "no"),
                "SetEnv PATH=" + software.programs() + ":/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                "");
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host.address(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public synchronized void shut() {
        kill("sshd:");
    }

    @Override
    public synchronized void newHostKey() {
        makeKey();
        listenAnew();
    }

    @Override
    public synchronized void forbidForwarding() {
        forwarding = false;
        listenAnew();
    }

    /** Open sessions go on. */
    private void listenAnew() {
        if (answers()) {
            kill("[listener]");
            open();
        }
    }

    /** Kills its own processes that call themselves {@code title}. */
    private void kill(String title) {
        host.processes().filter(process -> title(process).contains(title)).forEach(ProcessHandle::destroyForcibly);
        if (!Waiter.real().until(Waiter.real().in(LIMIT), () -> !answers())) {
            throw new LabException("sshd of " + host + " still listens after it was killed");
        }
    }

    private String title(ProcessHandle process) {
        Path proc = Path.of("/proc/" + process.pid());
        try {
            return Files.readSymbolicLink(proc.resolve("exe")).equals(software.sshd())
                    ? Files.readString(proc.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                    : "";
        } catch (IOException e) {
            return ""; // It ended while we looked.
        }
    }

    @Override
    public void close() {
        // It ends with its host.
    }
}
