package io.mha4j.archive.place;

import io.mha4j.base.Deadline;
import io.mha4j.base.Sleeper;
import io.mha4j.binlog.EventHeader;
import io.mha4j.binlog.EventScanner;
import io.mha4j.remote.FileRange;
import io.mha4j.remote.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which of several binary logs on a host is the one of a certain server. Another server's tells itself by its
 * {@code server_id}; of copies of the server's own, left over from before a move or a restore, the living one has the file
 * that was begun last, and of one file the most.
 */
public final class LogChoice {
    private static final int HEAD_BYTES = 1 << 16;
    /** The last file may be torn: its server died when it began it, or its disk was full. */
    private static final int HEADS = 2;

    private final long serverId;
    private final Sleeper sleeper;
    private final Deadline deadline;

    /** @param serverId {@code server_id} of the server whose log is wanted; 0 where unknown */
    public LogChoice(long serverId, Sleeper sleeper, Deadline deadline) {
        this.serverId = serverId;
        this.sleeper = sleeper;
        this.deadline = deadline;
    }

    /**
     * How a log ends.
     *
     * @param writer {@code server_id} of who began its last readable file; nothing if none of the last can be read
     * @param begun  when that was, in seconds since 1970
     * @param bytes  size of its last file
     */
    private record Seen(LogFiles logs, Optional<Long> writer, long begun, long bytes) {}

    /**
     * Those that belong to {@code file}, in the directory that holds it.
     *
     * @throws MissingLogException if none does
     * @throws io.mha4j.base.CommandException if several do and one of them cannot be read
     */
    public LogFiles holding(Host host, List<String> directories, String file) {
        return of(LogFiles.allHolding(host, directories, file, deadline));
    }

    /**
     * The one of these, at least one.
     *
     * @throws io.mha4j.base.CommandException if there are several and one of them cannot be read
     */
    public LogFiles of(List<LogFiles> found) {
        return found.size() == 1
                ? found.get(0)
                : notForeign(found).stream()
                        .reduce(LogChoice::further)
                        .map(Seen::logs)
                        .orElseThrow();
    }

    /** Those that no other server has written; all of them if all others are other servers'. */
    List<LogFiles> ours(List<LogFiles> found) {
        return found.size() < 2
                ? found
                : notForeign(found).stream().map(Seen::logs).toList();
    }

    private static Seen further(Seen a, Seen b) {
        return a.begun() > b.begun() || (a.begun() == b.begun() && a.bytes() >= b.bytes()) ? a : b;
    }

    /** The server may have got another {@code server_id} since: then nothing is told by it. */
    private List<Seen> notForeign(List<LogFiles> found) {
        List<Seen> all = found.stream().map(this::seen).toList();
        List<Seen> ours = all.stream()
                .filter(log -> log.writer().filter(id -> id != serverId).isEmpty())
                .toList();
        return ours.isEmpty() ? all : ours;
    }

    private Seen seen(LogFiles logs) {
        List<String> files = new ArrayList<>(logs.all(deadline).values());
        long bytes = logs.size(files.get(files.size() - 1), deadline);
        for (int i = files.size() - 1; i >= Math.max(0, files.size() - HEADS); i--) {
            Optional<EventHeader> head = head(logs, files.get(i));
            if (head.isPresent()) {
                return new Seen(
                        logs, Optional.of(head.get().serverId()), head.get().timestamp(), bytes);
            }
        }
        // Encrypted, perhaps: whoever reads it says why it cannot.
        return new Seen(logs, Optional.empty(), Long.MAX_VALUE, bytes);
    }

    /** Of the file's format description. */
    private Optional<EventHeader> head(LogFiles logs, String file) {
        EventScanner scanner = EventScanner.fromStart(event -> {});
        new Fetch(logs.host(), sleeper, deadline).range(FileRange.of(logs.path(file), 0, HEAD_BYTES), scanner::accept);
        return scanner.format().map(format -> EventHeader.parse(format.event(), 0));
    }
}
