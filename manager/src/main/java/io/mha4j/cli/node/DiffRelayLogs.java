package io.mha4j.cli.node;

import io.mha4j.archive.node.LogConcat;
import io.mha4j.archive.node.RelayLogPlace;
import io.mha4j.archive.node.RelaySearch;
import io.mha4j.archive.place.LogFiles;
import io.mha4j.base.Deadline;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.cli.command.UsageException;
import io.mha4j.remote.LocalHost;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The part of apply_diff_relay_logs that reads relay logs: find, generate. */
final class DiffRelayLogs {
    private final Options options;
    private final Consumer<String> say;
    private final Deadline deadline;
    private final LogFiles logs;

    DiffRelayLogs(Options options, Consumer<String> say, Deadline deadline) {
        this.options = options;
        this.say = say;
        this.deadline = deadline;
        RelayLogPlace place = place(options);
        logs = LogFiles.holding(new LocalHost(), List.of(place.directory().toString()), place.current(), deadline);
    }

    /** The table's answer wins over the file. */
    static RelayLogPlace place(Options options) {
        Optional<String> directory = options.get(ApplyDiffOptions.RELAY_DIR);
        Optional<String> current = options.get(ApplyDiffOptions.CURRENT_RELAY_LOG);
        if (directory.isPresent() && current.isPresent()) {
            return RelayLogPlace.of(Path.of(directory.get()), current.get());
        }
        String info = NodeOptions.required(options, NodeOptions.RELAY_LOG_INFO);
        Optional<Path> datadir =
                options.get(NodeOptions.DATADIR).or(() -> directory).map(Path::of);
        return RelayLogPlace.ofInfoFile(Path.of(info), datadir);
    }

    /** The newest relay log. */
    String last() {
        List<String> all = List.copyOf(logs.all(deadline).values());
        return all.get(all.size() - 1);
    }

    String directory() {
        return logs.path("");
    }

    /** Whether the relay logs still hold what the other replica lacks. */
    void find() {
        if (search().isPresent()) {
            say.accept("Target relay log FOUND!");
        } else {
            say.accept("Target slave has received all relay logs.");
        }
    }

    /** Writes what the other replica lacks; false if it lacks nothing, and then there is no file. */
    boolean generate(Path diff) {
        Optional<RelaySearch.Place> place = search();
        if (place.isEmpty()) {
            say.accept("Target slave has received all relay logs.");
            return false;
        }
        NodeOptions.createDirectory(diff.toAbsolutePath().resolveSibling(""), say);
        boolean any = new LogConcat(logs, SystemTime.SLEEPER, deadline, say)
                .concat(place.get().file(), place.get().offset(), diff);
        if (!any) {
            throw new NodeOptions.NodeException("Generating diff relay log failed: nothing is behind "
                    + place.get().file() + ":" + place.get().offset());
        }
        say.accept(" Generating diff relay log succeeded. Saved at " + diff + " .");
        return true;
    }

    private Optional<RelaySearch.Place> search() {
        BinlogPosition latest = position(
                NodeOptions.required(options, ApplyDiffOptions.LATEST_MLF),
                options.get(ApplyDiffOptions.LATEST_RMLP),
                "latest");
        BinlogPosition target = position(
                NodeOptions.required(options, ApplyDiffOptions.TARGET_MLF),
                options.get(ApplyDiffOptions.TARGET_RMLP),
                "target");
        return new RelaySearch(logs, SystemTime.SLEEPER, deadline, say).find(latest, target);
    }

    private static BinlogPosition position(String file, long offset, String whose) {
        if (!file.matches(".*\\.\\d{1,18}")) {
            throw new UsageException("--" + whose + "_mlf=" + file
                    + ": must be a binary log, whose name ends with a dot" + " and digits");
        }
        if (offset <= 0) {
            throw new UsageException("--" + whose + "_rmlp must be set.");
        }
        return new BinlogPosition(file, Math.max(offset, 4));
    }
}
