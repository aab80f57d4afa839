package io.mha4j.binlog;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/** Writes small binary logs event by event, for what no recorded log has. */
final class LogMaker {
    private static final byte[] MAGIC = {(byte) 0xfe, 'b', 'i', 'n'};
    private static final int TYPES = 42;

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final boolean checksums;

    LogMaker(boolean checksums) {
        this.checksums = checksums;
        log.writeBytes(MAGIC);
        format(1, 0);
    }

    /** A format description of a server that knows checksums. */
    LogMaker format(long created, int flags) {
        return format(created, flags, log.size());
    }

    /** As a replica gets it from a source that sends its file from the beginning. */
    LogMaker sentFormat() {
        return format(0, 0, MAGIC.length);
    }

    private LogMaker format(long created, int flags, long start) {
        byte[] body = new byte[57 + TYPES + 1];
        LittleEndian.put(body, 0, 2, 4);
        byte[] version = "8.0.99".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(version, 0, body, 2, version.length);
        LittleEndian.put(body, 52, 4, created);
        body[56] = EventHeader.BYTES;
        body[57 + EventType.QUERY - 1] = 13;
        body[57 + EventType.FORMAT_DESCRIPTION - 1] = 57 + TYPES;
        body[57 + TYPES] = (byte) (checksums ? 1 : 0);
        write(EventType.FORMAT_DESCRIPTION, 1, flags, body, true, start);
        return this;
    }

    LogMaker query(String text) {
        byte[] statement = text.getBytes(StandardCharsets.UTF_8);
        byte[] body = new byte[13 + 1 + statement.length];
        System.arraycopy(statement, 0, body, 14, statement.length);
        return event(EventType.QUERY, body);
    }

    LogMaker event(int type, byte... body) {
        write(type, 1, 0, body, checksums, log.size());
        return this;
    }

    /** An event that says of itself that it ends elsewhere. */
    LogMaker eventEndingAt(int type, long end, byte... body) {
        int length = EventHeader.BYTES + body.length + (checksums ? FormatDescription.CHECKSUM_BYTES : 0);
        write(type, 1, 0, body, checksums, end - length);
        return this;
    }

    LogMaker rotate(int flags, long position, String file) {
        return rotate(1, flags, position, file);
    }

    /** What a replica notes where its source left events out. */
    LogMaker leftOutTo(long position, String file) {
        return rotate(0, 0, position, file);
    }

    private LogMaker rotate(int server, int flags, long position, String file) {
        byte[] name = file.getBytes(StandardCharsets.UTF_8);
        byte[] body = Arrays.copyOf(new byte[8], 8 + name.length);
        LittleEndian.put(body, 0, 8, position);
        System.arraycopy(name, 0, body, 8, name.length);
        write(EventType.ROTATE, server, flags, body, checksums, log.size());
        return this;
    }

    LogMaker gtid(long number) {
        byte[] body = new byte[25];
        body[16] = 7;
        LittleEndian.put(body, 17, 8, number);
        return event(EventType.GTID, body);
    }

    LogMaker raw(byte... bytes) {
        log.writeBytes(bytes);
        return this;
    }

    byte[] bytes() {
        return log.toByteArray();
    }

    private void write(int type, int server, int flags, byte[] body, boolean sum, long start) {
        byte[] event = new byte[EventHeader.BYTES + body.length + (sum ? FormatDescription.CHECKSUM_BYTES : 0)];
        event[4] = (byte) type;
        LittleEndian.put(event, 5, 4, server);
        LittleEndian.put(event, 9, 4, event.length);
        LittleEndian.put(event, 13, 4, (flags & EventHeader.ARTIFICIAL) != 0 ? 0 : start + event.length);
        LittleEndian.put(event, 17, 2, flags);
        System.arraycopy(body, 0, event, EventHeader.BYTES, body.length);
        if (sum) {
            CRC32 crc = new CRC32();
            crc.update(event, 0, event.length - FormatDescription.CHECKSUM_BYTES);
            LittleEndian.put(event, event.length - 4, 4, crc.getValue());
        }
        log.writeBytes(event);
    }
}
