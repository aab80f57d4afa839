package io.mha4j.cli.node;

import io.mha4j.archive.node.FileCursor;
import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.base.MhaException;
import io.mha4j.cli.command.Command;
import io.mha4j.cli.command.Option;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.Terminal;
import io.mha4j.cli.command.UsageException;
import io.mha4j.config.ServerSettings;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.apply.Applied;
import io.mha4j.mysql.apply.ApplyOptions;
import io.mha4j.mysql.apply.EventApplier;
import io.mha4j.mysql.apply.Progress;
import io.mha4j.mysql.relay.ApplyRehearsal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** {@code apply_diff_relay_logs}: what one replica received and another did not, found, sent and applied. */
public final class ApplyDiffRelayLogsCommand implements Command {
    private static final int FAILED = 1;
    private static final int APPLY_FAILED = 22;
    private static final Set<String> FOR_BINARY_LOGS = Set.of("generate", "generate_and_send", "apply");
    private static final String HERE = "127.0.0.1";
    private static final String DEFAULT_WORKDIR = "/var/tmp";

    @Override
    public List<Option<?>> options() {
        return ApplyDiffOptions.all();
    }

    @Override
    public String version() {
        return NodeOptions.VERSION;
    }

    @Override
    public int run(Options options, Terminal terminal) {
        NodeOptions.requireManager(options);
        String command = options.get(NodeOptions.COMMAND).orElse("");
        Consumer<String> say = terminal.out()::println;
        Deadline deadline = NodeOptions.deadline();
        if (FOR_BINARY_LOGS.contains(command)) {
            requireBinaryLogs(options);
        }
        NodeOptions.createDirectory(
                Path.of(options.get(ApplyDiffOptions.WORKDIR).orElse(DEFAULT_WORKDIR)), say);
        switch (command) {
            case "test" -> test(options, terminal, deadline);
            case "find" -> new DiffRelayLogs(options, say, deadline).find();
            case "generate" -> new DiffRelayLogs(options, say, deadline).generate(diffFile(options));
            case "generate_and_send" -> generateAndSend(options, say, deadline);
            case "apply" -> {
                return apply(options, terminal, deadline);
            }
            default -> {
                terminal.out()
                        .println("Invalid command " + command
                                + ". Either [test|find|generate|generate_and_send|apply] command must be set.");
                return FAILED;
            }
        }
        return 0;
    }

    private static void requireBinaryLogs(Options options) {
        if (options.get(NodeOptions.HANDLE_RAW_BINLOG) == 0) {
            throw new UsageException("--handle_raw_binlog=0: only binary logs are generated and applied here; leave"
                    + " handle_raw_binlog at 1, or apply SQL text by the program mysql");
        }
    }

    private static Path diffFile(Options options) {
        return Path.of(NodeOptions.required(options, ApplyDiffOptions.DIFF_FILE))
                .toAbsolutePath();
    }

    private static void test(Options options, Terminal terminal, Deadline deadline) {
        Consumer<String> say = terminal.out()::println;
        say.accept("  Checking slave recovery environment settings..");
        options.get(NodeOptions.RELAY_LOG_INFO)
                .filter(info -> options.get(ApplyDiffOptions.CURRENT_RELAY_LOG).isEmpty())
                .ifPresent(info -> say.accept("    Opening " + info + " ... ok."));
        DiffRelayLogs logs = new DiffRelayLogs(options, say, deadline);
        say.accept("    Relay log found at " + logs.directory() + ", up to " + logs.last());
        say.accept("    Temporary relay log file is " + logs.directory() + logs.last());
        ServerSettings server = server(options);
        try (ServerSession session = ServerSession.open(server, deadline)) {
            ApplyRehearsal rehearsal = new ApplyRehearsal(session, within -> ServerSession.open(server, within));
            say.accept("    Checking if super_read_only is defined and turned on.."
                    + (rehearsal.isSuperReadOnly(deadline)
                            ? " turned on, it is off while testing."
                            : " not present or turned off, ignoring."));
            Unwinding.whenToldToEnd(terminal, left(server), () -> {
                rehearsal.write(deadline);
                return 0;
            });
            say.accept("    Testing mysql connection and privileges.. done.");
        }
        if (options.get(ApplyDiffOptions.SCP_HOST).isPresent()) {
            new TargetHost(options, deadline).reach();
        }
    }

    private static void generateAndSend(Options options, Consumer<String> say, Deadline deadline) {
        Path diff = diffFile(options);
        if (new DiffRelayLogs(options, say, deadline).generate(diff)) {
            new TargetHost(options, deadline).send(diff, say);
        }
    }

    private static int apply(Options options, Terminal terminal, Deadline deadline) {
        List<Path> files = NodeOptions.list(NodeOptions.required(options, ApplyDiffOptions.APPLY_FILES)).stream()
                .map(name -> Path.of(name).toAbsolutePath())
                .toList();
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                terminal.err().println("ERROR: " + file + " not found!");
                return FAILED;
            }
        }
        return options.get(ApplyDiffOptions.NO_APPLY) ? 0 : apply(files, options, terminal, deadline);
    }

    private static int apply(List<Path> files, Options options, Terminal terminal, Deadline deadline) {
        ServerSettings server = server(options);
        terminal.out()
                .println("Applying differential binary/relay log files "
                        + String.join(",", files.stream().map(Path::toString).toList()) + " on "
                        + server.id().host() + ":" + server.id().port() + ". This may take long time...");
        ApplyOptions logged = new ApplyOptions(options.get(NodeOptions.DISABLE_LOG_BIN) == 0);
        try (ServerSession session = ServerSession.open(server, deadline);
                FileCursor events = new FileCursor(files)) {
            return Unwinding.whenToldToEnd(terminal, left(server), () -> {
                Applied applied =
                        new EventApplier(session, logged).apply(events, Optional.empty(), Progress.NONE, deadline);
                terminal.out()
                        .println(applied.transactions() + " transactions applied"
                                + (applied.openAtEnd() ? ", an unfinished one at the end was rolled back." : "."));
                events.leftOut().ifPresent(left -> terminal.err()
                        .println("WARNING: " + left + ", so compare its size with the file it was copied from"));
                applied.leftChanged().forEach(left -> terminal.err().println("WARNING: " + left + "; set it yourself"));
                terminal.out().println("Applying log files succeeded.");
                return 0;
            });
        } catch (InterruptedWork e) {
            throw e;
        } catch (MhaException e) {
            terminal.err().println("FATAL: applying log files failed with rc 1:0! " + e.getMessage());
            return APPLY_FAILED;
        }
    }

    /** What one that was cut off may leave, one clause. */
    private static String left(ServerSettings server) {
        return server.id() + " may be left with super_read_only=OFF";
    }

    private static ServerSettings server(Options options) {
        String host = options.get(ApplyDiffOptions.SLAVE_HOST).orElse(HERE);
        return LocalServer.settings(
                host,
                options.get(ApplyDiffOptions.SLAVE_IP).orElse(host),
                options.get(ApplyDiffOptions.SLAVE_PORT),
                LocalServer.account(
                        Escaped.plain(options.get(ApplyDiffOptions.SLAVE_USER).orElse("root")),
                        Escaped.plain(options.get(ApplyDiffOptions.SLAVE_PASS).orElse(""))));
    }

    /** MHA's manager puts a backslash before everything that a shell could mistake (MHA 0.58, NodeUtil). */
    private static final class Escaped {
        static String plain(String text) {
            return text.replaceAll("\\\\(.)", "$1");
        }
    }
}
