package io.mha4j.archive;

import io.mha4j.binlog.EventHeader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** Reads one binary log file forwards, a buffer at a time; looks back only as far as the buffer reaches. */
final class PieceReader implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 18;

    private final Path file;
    private final FileChannel channel;
    private final long size;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private long bufferAt;
    private int filled;

    PieceReader(Path file) {
        this.file = file;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
            size = channel.size();
        } catch (IOException e) {
            throw notRead(file, e);
        }
    }

    long size() {
        return size;
    }

    /**
     * The header of the event at {@code offset}.
     *
     * @throws ArchiveException if no whole event stands there
     */
    EventHeader header(long offset) {
        if (size - offset < EventHeader.BYTES) {
            throw broken(offset, "the file ends in the middle of an event");
        }
        EventHeader header = EventHeader.parse(buffer, at(offset, EventHeader.BYTES));
        if (header.length() < EventHeader.BYTES || header.length() > size - offset) {
            throw broken(offset, "an event of " + header.length() + " bytes cannot be there");
        }
        return header;
    }

    /** A copy of these bytes. */
    byte[] bytes(long offset, int length) {
        if (length <= BUFFER_BYTES) {
            int at = at(offset, length);
            return Arrays.copyOfRange(buffer, at, at + length);
        }
        byte[] all = new byte[length];
        try {
            fill(ByteBuffer.wrap(all), offset);
        } catch (IOException e) {
            throw notRead(file, e);
        }
        return all;
    }

    /** Hands these bytes on, one buffer at a time. */
    void copy(long offset, long length, OutputStream out) throws IOException {
        long done = 0;
        while (done < length) {
            int part = (int) Math.min(length - done, BUFFER_BYTES);
            out.write(buffer, at(offset + done, part), part);
            done += part;
        }
    }

    /** Index in the buffer of {@code offset}, with {@code length} bytes from there on. */
    private int at(long offset, int length) {
        if (offset < bufferAt || offset + length > bufferAt + filled) {
            load(offset, length);
        }
        return (int) (offset - bufferAt);
    }

    private void load(long offset, int length) {
        if (offset + length > size) {
            throw broken(offset, "the file ends before");
        }
        try {
            ByteBuffer into = ByteBuffer.wrap(buffer, 0, (int) Math.min(BUFFER_BYTES, size - offset));
            bufferAt = offset;
            filled = 0;
            fill(into, offset);
            filled = into.position();
        } catch (IOException e) {
            throw notRead(file, e);
        }
    }

    private void fill(ByteBuffer into, long offset) throws IOException {
        int before = into.position();
        while (into.hasRemaining()) {
            if (channel.read(into, offset + into.position() - before) < 0) {
                throw broken(offset, "the file became shorter");
            }
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw notRead(file, e);
        }
    }

    private ArchiveException broken(long offset, String why) {
        return new ArchiveException(file + ": offset " + offset + ": " + why + "; masterha archive verify tells more");
    }

    static ArchiveException notRead(Path file, IOException e) {
        return new ArchiveException(file + ": cannot be read: " + IoFailure.text(e), e);
    }
}
