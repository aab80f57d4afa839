package io.mha4j.cli.rescue;

import io.mha4j.archive.place.Fetch;
import io.mha4j.base.Deadline;
import io.mha4j.binlog.Event;
import io.mha4j.binlog.EventScanner;
import io.mha4j.binlog.EventSink;
import io.mha4j.binlog.FormatDescription;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.cli.command.UsageException;
import io.mha4j.remote.Host;
import java.util.Optional;

/** Reads a log file of a host and hands its events to the lines. */
final class LogListing {
    private static final int HEAD_BYTES = 1 << 16;

    private final Fetch fetch;
    private final EventLines lines;

    LogListing(Host host, Deadline deadline, EventLines lines) {
        this.lines = lines;
        fetch = new Fetch(host, SystemTime.SLEEPER, deadline);
    }

    /**
     * Which events.
     *
     * @param start offset of the first
     * @param stop  offset at which none begins any more; 0: the end
     */
    record Range(long start, long stop) {
        static final Range ALL = new Range(4, 0);

        boolean ends(Event event) {
            return stop > 0 && event.offset() >= stop;
        }
    }

    /** Answers whether all of it could be read. */
    boolean list(String path, Range range) {
        lines.begin(path);
        boolean[] stopped = {false};
        EventScanner scanner = scanner(path, range, event -> {
            stopped[0] |= range.ends(event);
            if (!stopped[0]) {
                lines.event(event);
            }
        });
        long from = range.start() <= 4 ? 0 : range.start();
        fetch.from(path, from, (bytes, at, length) -> {
            scanner.accept(bytes, at, length);
            if (stopped[0] || scanner.damage().isPresent()) {
                throw new Fetch.Enough();
            }
        });
        if (stopped[0]) {
            lines.end(Optional.empty(), 0);
            return true;
        }
        lines.end(scanner.damage(), scanner.torn());
        return scanner.damage().isEmpty() && scanner.torn() == 0;
    }

    private EventScanner scanner(String path, Range range, EventSink sink) {
        if (range.start() <= 4) {
            return EventScanner.fromStart(sink);
        }
        EventScanner head = EventScanner.fromStart(event -> {});
        byte[] bytes = fetch.head(path, 0, HEAD_BYTES);
        head.accept(bytes, 0, bytes.length);
        FormatDescription format = head.format()
                .orElseThrow(() -> new UsageException(path + " does not begin as a binary log does"
                        + head.damage().map(d -> ": " + d.why()).orElse("")));
        return EventScanner.within(range.start(), format, sink);
    }
}
