package io.mha4j.cli.node;

import io.mha4j.base.Deadline;
import io.mha4j.base.MhaException;
import io.mha4j.cli.command.Option;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.cli.command.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Options that several node tools share, and what all of them check. */
final class NodeOptions {
    static final Option<Optional<String>> COMMAND = Option.text("command", "command", "What to do.");
    static final Option<Optional<String>> RELAY_LOG_INFO =
            Option.text("relay_log_info", "file", "The replica's relay-log.info; tells where its relay logs are.");
    static final Option<Optional<String>> DATADIR =
            Option.text("datadir", "directory", "What a relative path in relay-log.info is relative to.");
    static final Option<Integer> HANDLE_RAW_BINLOG =
            Option.number("handle_raw_binlog", 1, "1: binary logs; 0: SQL text, which needs mysqlbinlog.");
    static final Option<Integer> DISABLE_LOG_BIN =
            Option.number("disable_log_bin", 0, "1: what is applied is not logged by the target.");
    static final Option<Optional<String>> MANAGER_VERSION =
            Option.text("manager_version", "version", "Version of the manager that calls; at least 0.54.");
    static final Option<Optional<String>> CLIENT_BINDIR =
            Option.text("client_bindir", "directory", "Where mysqlbinlog is; used for SQL text only.");
    static final Option<Optional<String>> CLIENT_LIBDIR =
            Option.text("client_libdir", "directory", "Accepted, not needed.");
    static final Option<Boolean> DEBUG = Option.flag("debug", "Accepted, not needed.");

    /** What {@code --version} tells: managers of MHA ask for at least 0.54. */
    static final String VERSION = "0.58";

    private static final double OLDEST_MANAGER = 0.54;
    private static final Duration LIMIT = Duration.ofHours(12);

    private NodeOptions() {}

    /** A tool may work on hundreds of gigabytes. */
    static Deadline deadline() {
        return Deadline.in(LIMIT, SystemTime.TICKS);
    }

    static void requireManager(Options options) {
        options.get(MANAGER_VERSION).ifPresent(version -> {
            try {
                if (Double.parseDouble(version) < OLDEST_MANAGER) {
                    throw new UsageException("--manager_version=" + version + ": this tool needs a manager of "
                            + OLDEST_MANAGER + " or newer");
                }
            } catch (NumberFormatException e) {
                throw new UsageException("--manager_version=" + version + ": must be a number");
            }
        });
    }

    static String required(Options options, Option<Optional<String>> option) {
        return options.get(option).orElseThrow(() -> new UsageException(option + " must be set."));
    }

    /** Creates a directory, and what is missing above it. */
    static void createDirectory(Path directory, Consumer<String> say) {
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory);
                say.accept("Creating directory " + directory + ".. done.");
            }
        } catch (IOException e) {
            throw new NodeException("directory " + directory + " cannot be created: " + e.getMessage(), e);
        }
    }

    /** The parts of a list with commas. */
    static List<String> list(String text) {
        return List.of(text.split(","));
    }

    /** A tool could not do what it was told. */
    static final class NodeException extends MhaException {
        NodeException(String message) {
            super(message);
        }

        NodeException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
