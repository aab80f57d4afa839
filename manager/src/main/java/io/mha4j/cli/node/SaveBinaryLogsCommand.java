package io.mha4j.cli.node;

import io.mha4j.archive.node.LogConcat;
import io.mha4j.archive.node.RelayLogPlace;
import io.mha4j.archive.node.TextDump;
import io.mha4j.archive.place.LogFiles;
import io.mha4j.base.Deadline;
import io.mha4j.base.MhaException;
import io.mha4j.cli.command.Command;
import io.mha4j.cli.command.Option;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.cli.command.Terminal;
import io.mha4j.cli.command.UsageException;
import io.mha4j.remote.LocalHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code save_binary_logs}: everything from a place in a binary or relay log on, into one file. */
public final class SaveBinaryLogsCommand implements Command {
    private static final Option<Optional<String>> START_FILE =
            Option.text("start_file", "file", "The log to begin in.");
    private static final Option<Optional<String>> BINLOG_PREFIX =
            Option.text("binlog_prefix", "name", "For test: begin in the first log of this name.");
    private static final Option<Long> START_POS = Option.offset("start_pos", -1, "Where to begin in it.");
    private static final Option<Optional<String>> BINLOG_DIR =
            Option.text("binlog_dir", "directories", "Where to look, separated by commas. Default /var/lib/mysql.");
    private static final Option<Optional<String>> OUTPUT_FILE = Option.text("output_file", "file", "Where to write.");
    private static final Option<Integer> SKIP_FILTER =
            Option.number("skip_filter", 0, "1: SQL text is left as mysqlbinlog writes it.");
    private static final Option<Optional<String>> OLDEST_VERSION =
            Option.text("oldest_version", "version", "Accepted, not needed.");

    private static final String DEFAULT_DIRECTORY = "/var/lib/mysql";
    private static final int FAILED = 1;
    private static final int NOTHING = 10;

    @Override
    public List<Option<?>> options() {
        return List.of(
                NodeOptions.COMMAND,
                START_FILE,
                BINLOG_PREFIX,
                START_POS,
                BINLOG_DIR,
                NodeOptions.DATADIR,
                NodeOptions.RELAY_LOG_INFO,
                OUTPUT_FILE,
                NodeOptions.HANDLE_RAW_BINLOG,
                SKIP_FILTER,
                NodeOptions.DISABLE_LOG_BIN,
                OLDEST_VERSION,
                NodeOptions.MANAGER_VERSION,
                NodeOptions.CLIENT_BINDIR,
                NodeOptions.CLIENT_LIBDIR,
                NodeOptions.DEBUG);
    }

    @Override
    public String version() {
        return NodeOptions.VERSION;
    }

    @Override
    public int run(Options options, Terminal terminal) {
        NodeOptions.requireManager(options);
        String command = options.get(NodeOptions.COMMAND).orElse("");
        if (!command.equals("test") && !command.equals("save")) {
            throw new UsageException("--command=test or --command=save must be set.");
        }
        if (options.get(START_POS) < 0) {
            throw new UsageException("--start_pos must be set.");
        }
        Path output = Path.of(NodeOptions.required(options, OUTPUT_FILE)).toAbsolutePath();
        try {
            return command.equals("test") ? test(options, output, terminal) : save(options, output, terminal);
        } catch (MhaException e) {
            terminal.err().println("Failed to save binary log: " + e.getMessage());
            return FAILED;
        }
    }

    private static int test(Options options, Path output, Terminal terminal) {
        Deadline deadline = NodeOptions.deadline();
        Logs logs = logs(options, deadline);
        List<String> files = logs.files().from(logs.first(), deadline);
        String last = files.get(files.size() - 1);
        if (!Files.isReadable(Path.of(logs.files().path(last)))) {
            throw new NodeOptions.NodeException(logs.files().path(last) + " cannot be read by this account");
        }
        Path directory = output.resolveSibling("");
        terminal.out().println("  Creating " + directory + " if not exists.. ");
        NodeOptions.createDirectory(directory, terminal.out()::println);
        terminal.out().println("   ok.");
        terminal.out().println("  Checking output directory is accessible or not..");
        try {
            Files.deleteIfExists(output);
            Files.delete(Files.createFile(output));
        } catch (IOException e) {
            throw new NodeOptions.NodeException(output + " cannot be written: " + e.getMessage(), e);
        }
        terminal.out().println("   ok.");
        terminal.out().println("  Binlog found at " + logs.files().path("") + ", up to " + last);
        return 0;
    }

    private static int save(Options options, Path output, Terminal terminal) {
        Deadline deadline = NodeOptions.deadline();
        Logs logs = logs(options, deadline);
        NodeOptions.createDirectory(output.resolveSibling(""), terminal.out()::println);
        boolean any = options.get(NodeOptions.HANDLE_RAW_BINLOG) != 0
                ? new LogConcat(logs.files(), SystemTime.SLEEPER, deadline, terminal.out()::println)
                        .concat(logs.first(), options.get(START_POS), output)
                : new TextDump(logs.files(), deadline, terminal.out()::println)
                        .dump(logs.first(), options.get(START_POS), output, style(options));
        if (!any) {
            terminal.out().println("Event not exists.");
        }
        return any ? 0 : NOTHING;
    }

    private static TextDump.Style style(Options options) {
        return new TextDump.Style(
                options.get(NodeOptions.CLIENT_BINDIR),
                options.get(SKIP_FILTER) == 0,
                options.get(NodeOptions.DISABLE_LOG_BIN) != 0);
    }

    /**
     * What is to be saved.
     *
     * @param first the log to begin in
     */
    private record Logs(LogFiles files, String first) {}

    private static Logs logs(Options options, Deadline deadline) {
        LocalHost here = new LocalHost();
        List<String> directories = NodeOptions.list(options.get(BINLOG_DIR).orElse(DEFAULT_DIRECTORY));
        Optional<String> info = options.get(NodeOptions.RELAY_LOG_INFO);
        if (info.isPresent()) {
            Path datadir = Path.of(options.get(NodeOptions.DATADIR).orElse(directories.get(0)));
            RelayLogPlace place = RelayLogPlace.ofInfoFile(Path.of(info.get()), Optional.of(datadir));
            String first = options.get(START_FILE).orElse(place.current());
            List<String> one = List.of(place.directory().toString());
            return new Logs(LogFiles.holding(here, one, first, deadline), first);
        }
        Optional<String> prefix = options.get(BINLOG_PREFIX);
        String first = options.get(START_FILE)
                .or(() -> prefix.flatMap(p -> firstOf(here, directories, p, deadline)))
                .orElseThrow(() -> new UsageException("--start_file must be set."));
        return new Logs(LogFiles.holding(here, directories, first, deadline), first);
    }

    private static Optional<String> firstOf(
            LocalHost here, List<String> directories, String prefix, Deadline deadline) {
        Optional<String> first = directories.stream()
                .filter(directory -> Files.isDirectory(Path.of(directory)))
                .flatMap(directory -> LogFiles.named(here, directory, prefix).all(deadline).values().stream())
                .findFirst();
        if (first.isEmpty()) {
            throw new NodeOptions.NodeException("Binlog not found from " + String.join(",", directories)
                    + "! If you got this error at MHA Manager, please set \"master_binlog_dir=/path/to/binlog_directory\""
                    + " correctly in the MHA Manager's configuration file and try again.");
        }
        return first;
    }
}
