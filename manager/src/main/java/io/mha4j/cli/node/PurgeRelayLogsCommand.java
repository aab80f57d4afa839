package io.mha4j.cli.node;

import io.mha4j.base.Deadline;
import io.mha4j.cli.command.Command;
import io.mha4j.cli.command.Option;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.Terminal;
import io.mha4j.cli.command.UsageException;
import io.mha4j.config.ConfigText;
import io.mha4j.config.ServerSettings;
import io.mha4j.mysql.ServerSession;
import io.mha4j.remote.Host;
import io.mha4j.remote.LocalHost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code purge_relay_logs}: run by cron on a replica that keeps its relay logs for failovers. */
public final class PurgeRelayLogsCommand implements Command {
    static final Option<Boolean> DISABLE = Option.flag(
            "disable_relay_log_purge",
            "Turn relay_log_purge off where it is on; otherwise such a server is left alone.");

    private static final Option<Optional<String>> USER = Option.text("user", "user", "Account. Default root.");
    private static final Option<Optional<String>> PASSWORD = Option.text("password", "password", "Its password.");
    private static final Option<Optional<String>> HOST =
            Option.text("host", "host", "Must be this machine. Default 127.0.0.1.");
    private static final Option<Integer> PORT = Option.number("port", 3306, "Port.");
    private static final Option<Optional<String>> SOCKET =
            Option.text("socket", "file", "Must be that of the server; the connection goes over TCP, to --port.");
    private static final Option<Optional<String>> DEFAULTS_FILE =
            Option.text("defaults_file", "file", "Option file: user, password, host and port of its section [client].");
    private static final Option<Optional<String>> WORKDIR = Option.text(
            "workdir", "directory", "For hard links; on the file system of the relay logs. Default /var/tmp.");
    private static final Option<Integer> USE_HARDLINK = Option.number(
            "use_hardlink", 1, "1: relay logs get a second name, so that the server deletes them quickly.");

    @Override
    public List<Option<?>> options() {
        return List.of(
                USER,
                PASSWORD,
                HOST,
                PORT,
                SOCKET,
                DEFAULTS_FILE,
                NodeOptions.RELAY_LOG_INFO,
                WORKDIR,
                DISABLE,
                USE_HARDLINK);
    }

    @Override
    public String version() {
        return NodeOptions.VERSION;
    }

    @Override
    public int run(Options options, Terminal terminal) {
        Optional<Path> defaults = options.get(DEFAULTS_FILE).map(Path::of);
        String host = options.get(HOST).or(() -> client(defaults, "host")).orElse("127.0.0.1");
        requireLocal(host);
        terminal.out().println(PurgeRun.now() + ": purge_relay_logs script started.");
        int port = options.has(PORT)
                ? options.get(PORT)
                : client(defaults, "port").map(PurgeRelayLogsCommand::port).orElse(options.get(PORT));
        ServerSettings server = LocalServer.settings(
                host,
                host,
                port,
                LocalServer.account(
                        options.get(USER).or(() -> client(defaults, "user")).orElse("root"),
                        options.get(PASSWORD)
                                .or(() -> client(defaults, "password"))
                                .orElse("")));
        Optional<Host> links = options.get(USE_HARDLINK) == 0 ? Optional.empty() : Optional.of(new LocalHost());
        Deadline deadline = NodeOptions.deadline();
        PurgeRun run = new PurgeRun(
                links, options.get(WORKDIR).orElse("/var/tmp"), options.get(DISABLE), terminal.out()::println);
        try (ServerSession session = ServerSession.open(server, deadline)) {
            options.get(SOCKET).ifPresent(file -> PurgeRun.requireSocket(Path.of(file), server, session, deadline));
            return Unwinding.whenToldToEnd(
                    terminal, PurgeRun.left(server), () -> run.run(server, session, deadline) ? 0 : 1);
        }
    }

    private static int port(String text) {
        if (!text.matches("\\d{1,5}")) {
            throw new UsageException("port=" + text + " in the section [client] of --defaults_file: must be a port");
        }
        return Integer.parseInt(text);
    }

    private static void requireLocal(String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null) {
                    return;
                }
            }
        } catch (IOException e) {
            throw new NodeOptions.NodeException("--host(" + host + ") cannot be resolved: " + e.getMessage(), e);
        }
        throw new NodeOptions.NodeException("--host(" + host + ") must be local address (localhost, 127.0.0.1, etc)!");
    }

    /** A value of the section {@code [client]} of an option file. */
    private static Optional<String> client(Optional<Path> file, String name) {
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            boolean inside = false;
            for (String line : Files.readAllLines(file.get(), StandardCharsets.UTF_8)) {
                String text = line.strip();
                int equals = text.indexOf('=');
                if (text.startsWith("[")) {
                    inside = text.equals("[client]");
                } else if (inside
                        && equals > 0
                        && text.substring(0, equals).strip().equals(name)) {
                    return Optional.of(ConfigText.value(text.substring(equals + 1)));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new NodeOptions.NodeException(file.get() + " cannot be read: " + e.getMessage(), e);
        }
    }
}
