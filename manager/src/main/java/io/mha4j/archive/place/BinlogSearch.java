package io.mha4j.archive.place;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.base.Sleeper;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.EventHeader;
import io.mha4j.binlog.EventType;
import io.mha4j.binlog.Gtids;
import io.mha4j.remote.Host;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds where to begin in the binary log of a server that does not run, for replicas that say what they have in GTIDs only.
 * They do not know the names of its files either: which of those in its directories are its binary log is told by the heads of
 * the files, since its own relay logs may lie beside them.
 */
public final class BinlogSearch {
    private static final Pattern LOG = Pattern.compile(".+\\.\\d{6,18}");
    /** The last file may be empty: its server died when it began it, or its disk was full. */
    private static final int HEADS = 2;

    private static final int MAGIC = 4;
    private static final int FIRST_MAGIC_BYTE = 0xfe;

    private final Host host;
    private final List<String> directories;
    private final long serverId;
    private final Sleeper sleeper;
    private final Deadline deadline;

    /**
     * A search on one host.
     *
     * @param directories absolute paths
     * @param serverId    {@code server_id} of the server whose log is wanted; 0 where unknown
     */
    public BinlogSearch(Host host, List<String> directories, long serverId, Sleeper sleeper, Deadline deadline) {
        this.host = host;
        this.directories = List.copyOf(directories);
        this.serverId = serverId;
        this.sleeper = sleeper;
        this.deadline = deadline;
    }

    /**
     * The head of the last file before which nothing was written that any of the replicas lacks.
     *
     * @param executed what each of them has executed; at least one
     * @param base     name of the files without their numbers, where it is known
     * @throws MissingLogException if there is no binary log, more than one, or one that does not go back so far
     */
    public GtidStart.Start startFor(List<Gtids> executed, Optional<String> base) {
        GtidStart start = new GtidStart(only(base), sleeper, deadline);
        return executed.stream()
                .map(start::find)
                .min((a, b) -> a.place().compareTo(b.place()))
                .orElseThrow();
    }

    private LogFiles only(Optional<String> base) {
        List<String> looked = new ArrayList<>();
        Map<String, LogFiles> found = new LinkedHashMap<>();
        for (String directory : directories) {
            try {
                look(directory, base, found);
                looked.add(directory);
            } catch (CommandException e) {
                looked.add(directory + " (" + e.getMessage() + ")");
            }
        }
        if (found.isEmpty()) {
            throw new MissingLogException("no binary log is on " + host.name() + " in " + String.join(", ", looked)
                    + "; master_binlog_dir does not name its directory");
        }
        LogChoice choice = new LogChoice(serverId, sleeper, deadline);
        List<LogFiles> ours = choice.ours(List.copyOf(found.values()));
        if (ours.stream().map(LogFiles::base).distinct().count() > 1) {
            throw new MissingLogException("which of the binary logs "
                    + ours.stream().map(logs -> logs.path(logs.base())).collect(Collectors.joining(" and ")) + " on "
                    + host.name() + " is the old source's is not known; let master_binlog_dir name its directory only");
        }
        return choice.of(ours);
    }

    private void look(String directory, Optional<String> wanted, Map<String, LogFiles> found) {
        heads(LogFiles.names(host, directory, deadline)).forEach((base, heads) -> {
            LogFiles logs = LogFiles.named(host, directory, base);
            if (wanted.filter(w -> !w.equals(base)).isEmpty()
                    && heads.stream().limit(HEADS).anyMatch(head -> isBinlog(logs.path(head.file())))) {
                found.put(logs.path(base), logs);
            }
        });
    }

    /** Of all logs, by their names, the last file first. */
    private static Map<String, List<BinlogPosition>> heads(List<String> names) {
        return names.stream()
                .filter(name -> LOG.matcher(name).matches())
                .map(name -> new BinlogPosition(name, MAGIC))
                .sorted(Comparator.reverseOrder())
                .collect(Collectors.groupingBy(BinlogPosition::base, TreeMap::new, Collectors.toList()));
    }

    /** A server marks what it writes into its relay logs itself. */
    private boolean isBinlog(String path) {
        byte[] head = new Fetch(host, sleeper, deadline).head(path, 0, MAGIC + EventHeader.BYTES);
        if (head.length < MAGIC + EventHeader.BYTES || (head[0] & 0xff) != FIRST_MAGIC_BYTE) {
            return false;
        }
        EventHeader header = EventHeader.parse(head, MAGIC);
        return header.type() == EventType.FORMAT_DESCRIPTION && !header.has(EventHeader.RELAY_LOG);
    }
}
