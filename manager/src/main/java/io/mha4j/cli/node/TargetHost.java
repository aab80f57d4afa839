package io.mha4j.cli.node;

import io.mha4j.base.Deadline;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.UsageException;
import io.mha4j.config.ShellWords;
import io.mha4j.remote.CommandRunner;
import io.mha4j.remote.LocalRunner;
import io.mha4j.remote.ShellQuote;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/** The host that a file is sent to, by the programs ssh and scp, as in MHA 0.58. */
final class TargetHost {
    private static final List<String> SSH_OPTIONS = List.of(
            "-o", "ServerAliveInterval=60",
            "-o", "ServerAliveCountMax=20",
            "-o", "StrictHostKeyChecking=no",
            "-o", "ConnectionAttempts=5",
            "-o", "PasswordAuthentication=no",
            "-o", "BatchMode=yes");
    private static final int TRIES = 3;

    private final String user;
    private final String host;
    private final int port;
    private final List<String> sshOptions;
    private final Deadline deadline;
    private final LocalRunner runner = new LocalRunner();

    TargetHost(Options options, Deadline deadline) {
        this.deadline = deadline;
        user = options.get(ApplyDiffOptions.SCP_USER).orElse("root");
        host = NodeOptions.required(options, ApplyDiffOptions.SCP_HOST);
        port = options.get(ApplyDiffOptions.SCP_PORT);
        sshOptions = options.get(ApplyDiffOptions.SSH_OPTIONS)
                .map(text -> ShellWords.split(text)
                        .orElseThrow(() -> new UsageException("--ssh_options=" + text + ": a quote is not closed")))
                .orElse(SSH_OPTIONS);
    }

    /** Proves that it can be reached. */
    void reach() {
        require(ssh("exit 0"), "SSH to " + this + " failed");
    }

    /** Copies a file to the same path there and compares; three times at most. */
    void send(Path file, Consumer<String> say) {
        require(ssh("mkdir -p " + ShellQuote.word(file.resolveSibling("").toString())), "mkdir on " + this + " failed");
        for (int i = 0; i < TRIES; i++) {
            if (scp(file).succeeded() && md5(file).equals(md5There(file))) {
                say.accept(" scp " + "this host:" + file + " to " + user + "@" + host + "(" + port + ") succeeded.");
                return;
            }
            say.accept("Failed copy or checksum. Retrying..");
        }
        throw new NodeOptions.NodeException("Failed to copy " + file + " to " + this + " in " + TRIES + " tries");
    }

    private CommandRunner.Result ssh(String command) {
        List<String> argv = new ArrayList<>(List.of("ssh", "-p", Integer.toString(port)));
        argv.addAll(sshOptions);
        argv.add(user + "@" + host);
        argv.add(command);
        return runner.run(argv, deadline);
    }

    private CommandRunner.Result scp(Path file) {
        List<String> argv = new ArrayList<>(List.of("scp", "-P", Integer.toString(port)));
        argv.addAll(sshOptions);
        argv.add(file.toString());
        argv.add(user + "@" + (host.contains(":") ? "[" + host + "]" : host) + ":" + file);
        return runner.run(argv, deadline);
    }

    private String md5There(Path file) {
        return ssh("md5sum " + ShellQuote.word(file.toString())).stdout().split(" ", 2)[0];
    }

    private static String md5(Path file) {
        try (InputStream in = Files.newInputStream(file);
                DigestInputStream digesting = new DigestInputStream(in, MessageDigest.getInstance("MD5"))) {
            digesting.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
        } catch (IOException e) {
            throw new NodeOptions.NodeException(file + " cannot be read: " + e.getMessage(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has MD5", e);
        }
    }

    private void require(CommandRunner.Result result, String otherwise) {
        if (!result.succeeded()) {
            throw new NodeOptions.NodeException(otherwise + " with status " + result.exitStatus() + ": "
                    + result.stderr().strip());
        }
    }

    @Override
    public String toString() {
        return user + "@" + host + ":" + port;
    }
}
