package io.mha4j.archive.node;

import io.mha4j.archive.ArchiveException;
import io.mha4j.archive.EventCursor;
import io.mha4j.binlog.Event;
import io.mha4j.binlog.EventHeader;
import io.mha4j.binlog.EventScanner;
import io.mha4j.binlog.EventType;
import io.mha4j.binlog.FormatDescription;
import io.mha4j.binlog.RotateEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Walks the events of files that the node tools saved, one file behind the other as if they were one: a transaction may
 * begin in one and end in the next. An event that was not written to its end, at the end of the last, is left out, as a
 * crash leaves it; anywhere else it is an error. Format descriptions, rotations and everything else that no replica executes is left
 * out.
 */
public final class FileCursor implements EventCursor {
    private static final int CHUNK_BYTES = 1 << 17;
    private static final int COPY_BYTES = 1 << 16;
    private static final long FIRST_EVENT = 4;

    private final Deque<Path> files;
    private final Deque<Event> found = new ArrayDeque<>();
    private Optional<FileChannel> channel = Optional.empty();
    private Optional<EventScanner> scanner = Optional.empty();
    private Optional<Event> current = Optional.empty();
    private Path file = Path.of("");
    private long torn;
    /** Where that event begins. */
    private long tornAt;

    private String sourceFile = "unknown.000000";
    private boolean sourceFileKnown;
    private long end = 4;
    /** Whether an event that is executed was met in the file. */
    private boolean behindHead;
    /** Whether the head of the file names another of the source's files than the one before it. */
    private boolean newSourceFile;

    private boolean started;
    private boolean startedBefore;

    /** @param files in the order in which they are to be executed */
    public FileCursor(List<Path> files) {
        this.files = new ArrayDeque<>(files);
    }

    @Override
    public boolean advance() {
        try {
            while (true) {
                Event next = found.poll();
                if (next != null) {
                    started |= isStart(next);
                    if (isExecuted(next)) {
                        startedBefore = started;
                        started = false;
                        behindHead = true;
                        current = Optional.of(next);
                        end = next.header().endBehind(end);
                        return true;
                    }
                } else if (!readMore()) {
                    current = Optional.empty();
                    return false;
                }
            }
        } catch (IOException e) {
            throw new ArchiveException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** What was left out at the end of the last file, one clause; absent before the end is reached. */
    public Optional<String> leftOut() {
        return torn == 0
                ? Optional.empty()
                : Optional.of(
                        "%s ends in the middle of the event at offset %d: the last %d bytes were left out, as a crash leaves a log; a copy that was cut off looks the same"
                                .formatted(file, tornAt, torn));
    }

    /**
     * A file begins with the head of the log that its first event was in, wherever in that log it stood; so that says
     * nothing of a start, unless the source's log is another than before. The first event of all may be a replica's.
     */
    private boolean isStart(Event event) {
        return event.offset() > FIRST_EVENT && event.isStart() && (behindHead || newSourceFile);
    }

    private boolean isExecuted(Event event) {
        EventHeader header = event.header();
        if (event.type() == EventType.ROTATE) {
            RotateEvent rotate = RotateEvent.of(event);
            if (rotate.kind() != RotateEvent.Kind.REPLICA || header.serverId() == 0) {
                newSourceFile |= sourceFileKnown && !rotate.file().equals(sourceFile);
                sourceFileKnown = true;
                sourceFile = rotate.file();
                end = rotate.position();
            }
            return false;
        }
        return switch (event.type()) {
            case EventType.FORMAT_DESCRIPTION, EventType.STOP, EventType.PREVIOUS_GTIDS -> false;
            case EventType.HEARTBEAT, EventType.HEARTBEAT_V2 -> false;
            default -> !header.has(EventHeader.ARTIFICIAL) && !header.has(EventHeader.RELAY_LOG);
        };
    }

    /** Answers false when there is nothing left. */
    private boolean readMore() throws IOException {
        if (channel.isEmpty()) {
            if (files.isEmpty()) {
                return false;
            }
            file = files.remove();
            channel = Optional.of(FileChannel.open(file, StandardOpenOption.READ));
            scanner = Optional.of(EventScanner.fromStart(found::add));
            behindHead = false;
            newSourceFile = false;
        }
        EventScanner scan = scanner.orElseThrow();
        scan.damage().ifPresent(damage -> {
            throw new ArchiveException(file + " is damaged at " + damage);
        });
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
        if (channel.orElseThrow().read(chunk) < 0) {
            if (files.isEmpty()) {
                torn = scan.torn();
                tornAt = scan.offset();
                return false;
            }
            if (scan.torn() > 0) {
                throw new ArchiveException(
                        file + " ends in the middle of an event, and " + files.element() + " follows");
            }
            close();
            return true;
        }
        scan.accept(chunk.array(), 0, chunk.position());
        return true;
    }

    private Event event() {
        return current.orElseThrow(() -> new NoSuchElementException("no current event"));
    }

    @Override
    public EventHeader header() {
        return event().header();
    }

    @Override
    public FormatDescription format() {
        return event().format();
    }

    @Override
    public String sourceFile() {
        return sourceFile;
    }

    @Override
    public boolean isBehindStart() {
        return startedBefore;
    }

    @Override
    public long start() {
        return Math.max(4, end - header().length());
    }

    @Override
    public long end() {
        return end;
    }

    @Override
    public byte[] head(int limit) {
        byte[] bytes = new byte[(int) Math.min(limit, header().length())];
        try {
            read(ByteBuffer.wrap(bytes), event().offset());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes;
    }

    @Override
    public byte[] bytes() {
        return head(Integer.MAX_VALUE);
    }

    @Override
    public long copyTo(OutputStream out) throws IOException {
        long length = header().length();
        byte[] part = new byte[(int) Math.min(COPY_BYTES, length)];
        for (long done = 0; done < length; done += part.length) {
            int n = (int) Math.min(part.length, length - done);
            read(ByteBuffer.wrap(part, 0, n), event().offset() + done);
            out.write(part, 0, n);
        }
        return length;
    }

    private void read(ByteBuffer into, long offset) throws IOException {
        long at = offset;
        while (into.hasRemaining()) {
            int n = channel.orElseThrow().read(into, at);
            if (n < 0) {
                throw new ArchiveException(file + " became shorter while it was read");
            }
            at += n;
        }
    }

    @Override
    public void close() {
        try {
            if (channel.isPresent()) {
                channel.get().close();
            }
        } catch (IOException e) {
            throw new ArchiveException(file + " cannot be closed: " + e.getMessage(), e);
        }
        channel = Optional.empty();
        scanner = Optional.empty();
    }
}
