package io.mha4j.lab.probe;

import io.mha4j.archive.EventCursor;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.EventHeader;
import io.mha4j.binlog.EventType;
import io.mha4j.binlog.FormatDescription;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The events between two positions of a server's own binary logs, read from its data directory. */
final class LogFileCursor implements EventCursor {
    private static final int MAGIC = 4;

    private final Path folder;
    private final BinlogPosition from;
    private final BinlogPosition to;

    private String file;
    private @Nullable RandomAccessFile in;
    private Optional<FormatDescription> format = Optional.empty();
    private long start;
    private byte[] event = {};

    /** @param to the end, at a boundary between events */
    LogFileCursor(Path folder, BinlogPosition from, BinlogPosition to) {
        this.folder = folder;
        this.from = from;
        this.to = to;
        this.file = from.file();
    }

    @Override
    public boolean advance() {
        try {
            while (step()) {
                boolean before = file.equals(from.file()) && start < from.offset();
                if (header().type() == EventType.FORMAT_DESCRIPTION) {
                    format = Optional.of(FormatDescription.parse(event));
                } else if (!before) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the next event of any kind. */
    private boolean step() throws IOException {
        if (in == null) {
            in = new RandomAccessFile(folder.resolve(file).toFile(), "r");
            start = MAGIC;
        } else {
            start += event.length;
        }
        if (file.equals(to.file()) && start >= to.offset()) {
            return false;
        }
        if (start >= in.length()) {
            return nextFile() && step();
        }
        byte[] head = new byte[EventHeader.BYTES];
        in.seek(start);
        in.readFully(head);
        event = Arrays.copyOf(head, (int) EventHeader.parse(head, 0).length());
        in.readFully(event, head.length, event.length - head.length);
        return true;
    }

    private boolean nextFile() throws IOException {
        close();
        in = null;
        int dot = file.lastIndexOf('.');
        file = "%s.%06d".formatted(file.substring(0, dot), Integer.parseInt(file.substring(dot + 1)) + 1);
        return Files.exists(folder.resolve(file));
    }

    @Override
    public EventHeader header() {
        return EventHeader.parse(event, 0);
    }

    @Override
    public FormatDescription format() {
        return format.orElseThrow();
    }

    @Override
    public String sourceFile() {
        return file;
    }

    @Override
    public long start() {
        return start;
    }

    @Override
    public long end() {
        return start + event.length;
    }

    @Override
    public byte[] head(int limit) {
        return Arrays.copyOf(event, Math.min(limit, event.length));
    }

    @Override
    public byte[] bytes() {
        return event.clone();
    }

    @Override
    public long copyTo(OutputStream out) throws IOException {
        out.write(event);
        return event.length;
    }

    @Override
    public void close() {
        try {
            if (in != null) {
                in.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
