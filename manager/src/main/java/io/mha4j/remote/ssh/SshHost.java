package io.mha4j.remote.ssh;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.config.ServerSettings;
import io.mha4j.remote.ByteSink;
import io.mha4j.remote.FileRange;
import io.mha4j.remote.Host;
import io.mha4j.remote.Outlet;
import io.mha4j.remote.PortForward;
import io.mha4j.remote.ShellQuote;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A host behind SSH; programs and files through a shell there. */
final class SshHost implements Host {
    /** A connection that lives says nothing of the disk that is read through it. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final String name;
    private final Transport transport;
    private final SshShells shells;
    private final Consumer<String> listener;
    private final Duration silence;

    /**
     * @param listener told each use in a line
     * @param doubts   told what is odd about the host's key though it is believed
     */
    SshHost(ServerSettings.Ssh settings, Path home, Consumer<String> listener, Consumer<String> doubts) {
        this(settings, home, listener, doubts, SILENCE);
    }

    /** @param silence for how long no byte of a file may come while it is read */
    SshHost(
            ServerSettings.Ssh settings,
            Path home,
            Consumer<String> listener,
            Consumer<String> doubts,
            Duration silence) {
        this.listener = listener;
        this.silence = silence;
        transport = Transport.of(settings, home, doubts);
        name = settings.user() + "@" + settings.ip() + ":" + settings.port();
        shells = new SshShells(transport, name);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Result run(List<String> argv, Deadline deadline) {
        String line = ShellQuote.command(argv);
        told(line);
        return shells.with(deadline, shell -> shell.run(line, deadline));
    }

    /** Whether it runs commands; connects to it, and is told to nobody. */
    boolean isUsable(Deadline deadline) {
        return shells.with(deadline, shell -> shell.run("true", deadline)).succeeded();
    }

    private void told(String use) {
        listener.accept(name + ": " + use.replace("\n", "\\n"));
    }

    @Override
    public long readFile(FileRange range, ByteSink sink, Deadline deadline) {
        told("read " + range.path() + " from " + range.offset()
                + (range.length().isPresent() ? ", " + range.length().getAsLong() + " bytes" : ""));
        Outlet outlet = new Outlet(range, sink, deadline);
        Result result =
                shells.with(deadline, shell -> shell.stream(HostScripts.read(range), outlet, silence, deadline));
        boolean complete =
                range.length().isPresent() && outlet.passed() == range.length().getAsLong();
        if (!complete && (!result.succeeded() || !result.stderr().isEmpty())) {
            throw failed(result);
        }
        return outlet.passed();
    }

    @Override
    public List<String> listDirectory(String path, Deadline deadline) {
        told("list " + path);
        Result result = shells.with(deadline, shell -> shell.run(HostScripts.list(path), deadline));
        boolean whole = result.stdout().isEmpty() || result.stdout().endsWith("/");
        if (!result.succeeded() || !whole) {
            throw failed(result);
        }
        return HostScripts.names(result.stdout());
    }

    @Override
    public long fileSize(String path, Deadline deadline) {
        told("size of " + path);
        Result result = shells.with(deadline, shell -> shell.run(HostScripts.size(path), deadline));
        if (!result.succeeded()) {
            throw failed(result);
        }
        return Long.parseLong(result.stdout().strip());
    }

    @Override
    public PortForward forwardToHere(int localPort, Deadline deadline) {
        told("lead a port there to port " + localPort + " here");
        Optional<PortForward> onOurs = shells.lend().flatMap(ours -> forward(ours, localPort, deadline));
        return onOurs.orElseGet(() -> transport.forward(localPort, deadline));
    }

    /** On a connection that is there already: it saves a login. What it cannot do, one of its own may, or says why not. */
    private Optional<PortForward> forward(Connection lent, int localPort, Deadline deadline) {
        Optional<PortForward> port = Optional.empty();
        try {
            port = lent.forward(localPort, shells::takeBack, deadline.atMost(SshShells.PROOF_OF_LIFE));
        } catch (CommandException e) {
            lent.close();
        } finally {
            if (port.isEmpty()) {
                shells.takeBack(lent);
            }
        }
        return port;
    }

    @Override
    public void tryForwardToHere(Deadline deadline) {
        told("try to lead a port there to here");
        // A refusal is an answer: thrown in there it would cost the shell.
        Optional<CommandException> refused = shells.with(deadline, shell -> shell.tryForward(deadline));
        if (refused.isPresent()) {
            throw refused.get();
        }
    }

    private CommandException failed(Result result) {
        String said = result.stderr().strip();
        return new CommandException(name + ": " + (said.isEmpty() ? "exit status " + result.exitStatus() : said)
                + "; check the path and its permissions");
    }

    @Override
    public void close() {
        shells.close();
    }
}
