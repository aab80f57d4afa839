package io.mha4j.archive;

import io.mha4j.archive.place.Fetch;
import io.mha4j.archive.place.LogFiles;
import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.base.MhaException;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.EventHeader;
import io.mha4j.binlog.EventScanner;
import io.mha4j.binlog.FormatDescription;
import io.mha4j.remote.FileRange;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes everything behind a position from the binary logs on their own server's host, or on one that keeps copies of them,
 * until there is no more.
 */
final class SourceTail {
    /** Looks at a file that goes on growing; a dead server's does not. */
    private static final int ROUNDS = 40;

    private static final int HEAD_BYTES = 1 << 16;

    /**
     * Who wrote the files.
     *
     * @param serverId {@code server_id} of the server that wrote them, or {@link #ANY_SERVER}; copies must be of that server,
     *                 its own files may be from before it was given another one
     * @param own      whether they are that server's own; copies may be behind them
     * @param grow     whether somebody may still write to them; if not, their ends are final at the first look
     */
    record Origin(long serverId, boolean own, boolean grow) {
        /** No server has this {@code server_id} while it writes a binary log for others. */
        static final long ANY_SERVER = 0;
    }

    /** When a file was begun, by its server's clock; nothing where it does not say so. */
    record Begun(Optional<Instant> when) {
        static Begun of(Optional<FormatDescription> format) {
            return new Begun(format.map(f -> EventHeader.parse(f.event(), 0).timestamp())
                    .filter(seconds -> seconds > 0)
                    .map(Instant::ofEpochSecond));
        }
    }

    private final PieceSequence pieces;
    private final RescueSettings settings;
    private final LogFiles logs;
    private final Origin origin;
    private final Deadline deadline;
    private final Fetch fetch;
    private final ProgressReport report;
    private final List<Begun> begun = new ArrayList<>();
    private Optional<Cut.Damaged> lost;
    /** Of the file that is being read, as far as that is known. */
    private long size;

    /** @param lost what earlier readings found to be gone of files before the one that this begins with */
    SourceTail(
            PieceSequence pieces,
            RescueSettings settings,
            LogFiles logs,
            Origin origin,
            Optional<Cut.Damaged> lost,
            Deadline deadline) {
        this.pieces = pieces;
        this.settings = settings;
        this.logs = logs;
        this.origin = origin;
        this.lost = lost;
        this.deadline = deadline;
        fetch = new Fetch(logs.host(), settings.sleeper(), deadline);
        report = new ProgressReport(settings.listener(), deadline);
    }

    /** Takes all from {@code from} on. */
    void take(BinlogPosition from, Room room) throws IOException {
        long total = sizeFrom(from);
        report.total(total);
        room.require(settings.name().directory(), total);
        pieces.note("binary logs of " + logs.path(from.file()) + " on "
                + logs.host().name() + " from " + from);
        Optional<BinlogPosition> next = Optional.of(from);
        while (next.isPresent()) {
            next = takeOrBreakOff(next.get(), from).map(file -> new BinlogPosition(file, Piece.FIRST_EVENT));
        }
        report.end();
    }

    /** Whole transactions that came from {@code first} on are good, whatever is behind them; who asked decides. */
    private Optional<String> takeOrBreakOff(BinlogPosition from, BinlogPosition first) throws IOException {
        try {
            return takeFile(from);
        } catch (MhaException e) {
            BinlogPosition end = pieces.end();
            if (!end.equals(first)) {
                long offset = end.file().equals(from.file()) ? end.offset() : from.offset();
                Cut.Damaged rest = new Cut.Damaged(
                        from.file(), offset, Math.max(0, size - offset), String.valueOf(e.getMessage()));
                end(new Cut(0, 0, 0, Optional.of(rest)), false);
            }
            throw e;
        }
    }

    /** When the first file was begun, by its server's clock, as far as it says so; nothing before its beginning was read. */
    Optional<Begun> begun() {
        return begun.stream().findFirst();
    }

    /** What is gone of a file that was passed. */
    Optional<Cut.Damaged> lost() {
        return lost;
    }

    private long sizeFrom(BinlogPosition from) {
        List<String> files = fetch.asked(() -> logs.from(from.file(), deadline));
        long sum = 0;
        for (String file : files) {
            sum += size(file);
        }
        return Math.max(0, sum - from.offset());
    }

    /** Answers the file to go on with. */
    private Optional<String> takeFile(BinlogPosition from) throws IOException {
        size = 0;
        String path = logs.path(from.file());
        Optional<FormatDescription> format = format(path);
        begun.add(Begun.of(format));
        size = size(from.file());
        if (from.offset() > Math.max(size, Piece.FIRST_EVENT)) {
            endLost(from, size);
            return after(from.file());
        }
        if (format.isEmpty()) {
            return withoutHead(from, size);
        }
        requireWriter(path, format.get());
        long start =
                from.offset() <= Piece.FIRST_EVENT + format.get().event().length ? Piece.FIRST_EVENT : from.offset();
        requireBoundary(path, start, size);
        EventCopy copy = new EventCopy(pieces.at(from.file(), start, format.get()));
        try {
            return copyToEnd(from.file(), copy);
        } finally {
            pieces.addGtids(copy.gtids());
            report.fileEnded(copy.whole());
        }
    }

    /** What replicas do not have may be gone with it, so nothing that follows proves that all was read. */
    private void endLost(BinlogPosition from, long size) {
        String why = "its end was lost, replicas got events up to " + from;
        pieces.note(from.file() + " has " + size + " bytes only: " + why);
        if (origin.own()) {
            lost = Optional.of(new Cut.Damaged(from.file(), size, 0, why));
        }
        end(Cut.NOTHING, true);
    }

    /** What was lost before outweighs how the newest file ended. */
    private void end(Cut cut, boolean atEnd) {
        pieces.ended(lost.isPresent() ? new Cut(0, 0, 0, lost) : cut, atEnd && lost.isEmpty());
    }

    private void requireWriter(String path, FormatDescription format) {
        long wrote = EventHeader.parse(format.event(), 0).serverId();
        if (!origin.own() && origin.serverId() != Origin.ANY_SERVER && wrote != origin.serverId()) {
            throw new ArchiveException(
                    "%s on %s was written by a server with server_id %d, not by the old source, which has %d; a [binlogN] host must keep copies of its log"
                            .formatted(path, logs.host().name(), wrote, origin.serverId()));
        }
    }

    private Optional<String> copyToEnd(String file, EventCopy copy) {
        for (int round = 0; round < ROUNDS; round++) {
            long before = copy.received();
            fetch.from(logs.path(file), before, report.counting(copy));
            if (copy.damage().isPresent()) {
                return ended(file, copy, false);
            }
            // In this order: a file that has a successor does not grow any more.
            Optional<String> next = after(file);
            boolean complete = size(file) == copy.received();
            if (complete && next.isPresent()) {
                noteUnfinished(file, copy);
                return next;
            }
            if (complete && (!origin.grow() || (round > 0 && copy.received() == before))) {
                return ended(file, copy, true);
            }
            fetch.pause();
        }
        pieces.note(file + " was still being written to when reading it ended");
        return ended(file, copy, false);
    }

    private Optional<String> ended(String file, EventCopy copy, boolean atEnd) {
        end(copy.cut(file, size(file)), atEnd);
        copy.incident()
                .ifPresent(i -> pieces.note("INCIDENT " + i.number() + " at " + file + ":" + i.offset() + ": "
                        + i.message() + "; the source's log lacks changes there"));
        return Optional.empty();
    }

    /** A server that starts again rolls back what its last file left open. */
    private void noteUnfinished(String file, EventCopy copy) {
        Cut cut = copy.cut(file, copy.received());
        if (!cut.isNothing()) {
            pieces.note(file + " ended before its server was started again; " + cut.sentence());
        }
    }

    /**
     * A server that died while it began a file, or whose disk was full, leaves it without a whole format description. If it
     * was started again, it went on with the next.
     */
    private Optional<String> withoutHead(BinlogPosition from, long size) {
        EventScanner scanner = head(logs.path(from.file()));
        Optional<Cut.Damaged> damage =
                scanner.damage().map(d -> new Cut.Damaged(from.file(), d.offset(), size - d.offset(), d.why()));
        Optional<String> next = damage.isEmpty() ? after(from.file()) : Optional.empty();
        if (next.isPresent()) {
            pieces.note(from.file() + " has no whole format description and " + size
                    + " bytes: its server ended when it began it, and was started again");
        } else {
            end(new Cut(0, 0, scanner.torn(), damage), damage.isEmpty());
        }
        return next;
    }

    private long size(String file) {
        return fetch.asked(() -> logs.size(file, deadline));
    }

    private Optional<String> after(String file) {
        return fetch.asked(() -> logs.after(file, deadline));
    }

    private Optional<FormatDescription> format(String path) {
        return head(path).format();
    }

    private EventScanner head(String path) {
        EventScanner scanner = EventScanner.fromStart(event -> {});
        try {
            fetch.range(FileRange.of(path, 0, HEAD_BYTES), scanner::accept);
        } catch (CommandException e) {
            if (scanner.format().isEmpty()) {
                throw e;
            }
        }
        return scanner;
    }

    /**
     * An event that says the right place of its own end shows a boundary; what else stands there is looked at from the
     * head of the file on.
     */
    private void requireBoundary(String path, long offset, long size) {
        if (offset == Piece.FIRST_EVENT
                || offset == size
                || looksLikeEvent(fetch.head(path, offset, EventHeader.BYTES), offset)) {
            return;
        }
        EventScanner scanner = EventScanner.fromStart(event -> {});
        long[] passed = {0};
        fetch.from(path, 0, (bytes, at, length) -> {
            int wanted = (int) Math.min(length, offset - passed[0]);
            scanner.accept(bytes, at, wanted);
            passed[0] += length;
            if (passed[0] >= offset) {
                throw new Fetch.Enough();
            }
        });
        if (scanner.offset() != offset) {
            throw new ArchiveException(
                    "no event of " + path + " on " + logs.host().name() + " begins at " + offset
                            + ": the last one before begins or ends at " + scanner.offset()
                            + "; the position belongs to another server's log");
        }
    }

    private static boolean looksLikeEvent(byte[] head, long offset) {
        if (head.length < EventHeader.BYTES) {
            return false;
        }
        EventHeader event = EventHeader.parse(head, 0);
        return event.length() >= EventHeader.BYTES
                && event.length() <= EventHeader.LENGTH_LIMIT
                && event.end() == ((offset + event.length()) & 0xffff_ffffL);
    }
}
