package io.mha4j.remote;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.config.ServerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * A host behind SSH. One connection, made at the first call and again when it was lost; on it as many shells as commands
 * run at once, kept for the next ones. A command that was sent is never sent again: it may have been carried out.
 */
final class SshHost implements Host {
    /** A connection that did not answer in time gets this much of the next call to prove that it lives. */
    private static final Duration PROOF_OF_LIFE = Duration.ofSeconds(2);

    private final ServerSettings.Ssh settings;
    private final Path home;
    private final ReentrantLock connecting = new ReentrantLock();
    private final Deque<RemoteShell> idle = new ConcurrentLinkedDeque<>();
    private Optional<SshConnection> connection = Optional.empty();
    private volatile boolean suspect;

    SshHost(ServerSettings.Ssh settings, Path home) {
        this.settings = settings;
        this.home = home;
    }

    @Override
    public String name() {
        return settings.user() + "@" + settings.ip() + ":" + settings.port();
    }

    @Override
    public Result run(List<String> argv, Deadline deadline) {
        String line = ShellQuote.command(argv);
        return withShell(deadline, shell -> shell.run(line, deadline));
    }

    @Override
    public long readFile(FileRange range, ByteSink sink, Deadline deadline) {
        Outlet outlet = new Outlet(range, sink, deadline);
        Result result = withShell(deadline, shell -> shell.stream(HostScripts.read(range), outlet, deadline));
        boolean complete =
                range.length().isPresent() && outlet.passed() == range.length().getAsLong();
        if (!complete && (!result.succeeded() || !result.stderr().isEmpty())) {
            throw failed(result);
        }
        return outlet.passed();
    }

    @Override
    public List<String> listDirectory(String path, Deadline deadline) {
        Result result = withShell(deadline, shell -> shell.run(HostScripts.list(path), deadline));
        boolean whole = result.stdout().isEmpty() || result.stdout().endsWith("/");
        if (!result.succeeded() || !whole) {
            throw failed(result);
        }
        return HostScripts.names(result.stdout());
    }

    @Override
    public long fileSize(String path, Deadline deadline) {
        Result result = withShell(deadline, shell -> shell.run(HostScripts.size(path), deadline));
        if (!result.succeeded()) {
            throw failed(result);
        }
        return Long.parseLong(result.stdout().strip());
    }

    private CommandException failed(Result result) {
        String said = result.stderr().strip();
        return new CommandException(name() + ": " + (said.isEmpty() ? "exit status " + result.exitStatus() : said)
                + "; check the path and its permissions");
    }

    private <T> T withShell(Deadline deadline, Function<RemoteShell, T> use) {
        RemoteShell shell = borrow(deadline);
        boolean done = false;
        try {
            T answer = use.apply(shell);
            done = true;
            return answer;
        } finally {
            if (done) {
                idle.push(shell);
            } else {
                suspect = true;
                shell.close();
            }
        }
    }

    private RemoteShell borrow(Deadline deadline) {
        for (RemoteShell shell = suspect ? null : idle.poll(); shell != null; shell = idle.poll()) {
            if (shell.isUsable()) {
                return shell;
            }
        }
        lock(deadline);
        try {
            return onLiveConnection(deadline)
                    .orElseGet(() -> RemoteShell.open(connectedAnew(deadline), name(), deadline));
        } finally {
            connecting.unlock();
        }
    }

    /** A shell on the connection there is; none if there is no connection or it turns out to be dead. */
    private Optional<RemoteShell> onLiveConnection(Deadline deadline) {
        Optional<SshConnection> live = connection.filter(SshConnection::isAlive);
        if (live.isEmpty()) {
            return Optional.empty();
        }
        boolean doubted = suspect;
        try {
            RemoteShell shell =
                    RemoteShell.open(live.get(), name(), doubted ? deadline.atMost(proofOfLife(deadline)) : deadline);
            suspect = false;
            return Optional.of(shell);
        } catch (CommandException e) {
            suspect = true;
            if (doubted || !live.get().isAlive()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Duration proofOfLife(Deadline deadline) {
        Duration half = deadline.remaining().dividedBy(2);
        return half.compareTo(PROOF_OF_LIFE) < 0 ? half : PROOF_OF_LIFE;
    }

    private SshConnection connectedAnew(Deadline deadline) {
        drop();
        SshConnection opened = SshConnection.open(SshTarget.of(settings, home), deadline);
        connection = Optional.of(opened);
        suspect = false;
        return opened;
    }

    private void drop() {
        connection.ifPresent(SshConnection::close);
        connection = Optional.empty();
        idle.clear();
    }

    private void lock(Deadline deadline) {
        try {
            if (!connecting.tryLock(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new CommandException(
                        "SSH to " + name() + " is still being connected to; check that the host is up");
            }
        } catch (InterruptedException e) {
            throw InterruptedWork.during("waiting for SSH to " + name(), e);
        }
    }

    @Override
    public void close() {
        connecting.lock();
        try {
            drop();
        } finally {
            connecting.unlock();
        }
    }
}
