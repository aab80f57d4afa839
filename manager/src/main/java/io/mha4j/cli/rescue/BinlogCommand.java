package io.mha4j.cli.rescue;

import io.mha4j.archive.Archive;
import io.mha4j.archive.Piece;
import io.mha4j.base.Deadline;
import io.mha4j.cli.command.Command;
import io.mha4j.cli.command.ConfigOptions;
import io.mha4j.cli.command.Option;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.cli.command.Terminal;
import io.mha4j.cli.command.UsageException;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.remote.Host;
import io.mha4j.remote.LocalHost;
import io.mha4j.remote.ssh.SshSessions;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code masterha binlog}: what stands in a binary log, a relay log or an archive, here or on a host. */
public final class BinlogCommand implements Command {
    private static final Option<Optional<String>> CONF = Option.text(
            "conf", "file", "Configuration of an application: how a host of host:path is reached over SSH.");
    private static final Option<Boolean> TRANSACTIONS = Option.flag(
                    "transactions", "One line for each transaction instead of each event.")
            .beyondMha();
    private static final Option<Boolean> JSON =
            Option.flag("json", "Print JSON, one object in a line.").beyondMha();
    private static final Option<Long> START = Option.offset(
                    "start_position", 4, "List from the event at this offset on.")
            .beyondMha();
    private static final Option<Long> STOP = Option.offset(
                    "stop_position", 0, "List no event that begins at this offset or behind it; 0: to the end.")
            .beyondMha();

    private static final Pattern REMOTE = Pattern.compile("(\\[[^]]+\\]|[^/:]+):(/.*)");
    private static final Duration LIMIT = Duration.ofHours(1);

    @Override
    public List<Option<?>> options() {
        return List.of(TRANSACTIONS, JSON, START, STOP, CONF, ConfigOptions.GLOBAL_CONF);
    }

    @Override
    public Optional<String> operands() {
        return Optional.of("file | host:path | archive.json");
    }

    @Override
    public int run(Options options, Terminal terminal) {
        if (options.operands().isEmpty()) {
            throw new UsageException("binlog needs a file, host:path, or the description of an archive");
        }
        EventLines lines = new EventLines(terminal.out(), options.get(TRANSACTIONS), options.get(JSON));
        boolean good = true;
        for (String operand : options.operands()) {
            good &= list(operand, options, lines);
        }
        return good ? 0 : 1;
    }

    private static boolean list(String operand, Options options, EventLines lines) {
        Matcher remote = REMOTE.matcher(operand);
        LogListing.Range range = new LogListing.Range(options.get(START), options.get(STOP));
        if (remote.matches()) {
            try (SshSessions sessions = SshSessions.ofThisAccount()) {
                Host host = sessions.host(ssh(remote.group(1).replaceAll("[\\[\\]]", ""), options));
                return new LogListing(host, deadline(), lines).list(remote.group(2), range);
            }
        }
        LogListing here = new LogListing(new LocalHost(), deadline(), lines);
        String path = Path.of(operand).toAbsolutePath().toString();
        return operand.endsWith(".json") ? archive(Path.of(path), here) : here.list(path, range);
    }

    /** One line for each transaction of an archive. */
    public static void listTransactions(Path description, PrintStream out) {
        archive(description, new LogListing(new LocalHost(), deadline(), new EventLines(out, true, false)));
    }

    private static boolean archive(Path description, LogListing here) {
        boolean good = true;
        for (Piece piece : Archive.read(description).pieces()) {
            good &= here.list(piece.file().toString(), LogListing.Range.ALL);
        }
        return good;
    }

    private static Deadline deadline() {
        return Deadline.in(LIMIT, SystemTime.TICKS);
    }

    private static ServerSettings.Ssh ssh(String host, Options options) {
        Optional<ServerSettings.Ssh> configured = options.get(CONF).flatMap(conf -> {
            Application app =
                    ConfigOptions.load(ConfigOptions.files(conf, options)).application();
            return Stream.concat(app.servers().stream(), app.binlogHosts().stream())
                    .filter(s -> List.of(
                                    s.id().host(),
                                    s.id().ip(),
                                    s.ssh().host(),
                                    s.ssh().ip())
                            .contains(host))
                    .map(ServerSettings::ssh)
                    .findFirst();
        });
        if (configured.isEmpty() && options.get(CONF).isPresent()) {
            throw new UsageException(
                    host + " is no host of " + options.get(CONF).orElse(""));
        }
        return configured.orElseGet(() -> new ServerSettings.Ssh(
                host, host, 22, System.getProperty("user.name", "root"), List.of(), Duration.ofSeconds(5)));
    }
}
