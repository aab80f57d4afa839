package io.mha4j.archive;

import io.mha4j.binlog.EventHeader;
import io.mha4j.binlog.EventType;
import io.mha4j.binlog.LittleEndian;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** A binary log as MySQL 5.7 would write it, built event by event. */
final class LogBytes {
    static final int SERVER_ID = 11;
    /** When everything happens. */
    static final long SECONDS = 1_700_000_000;

    private static final byte[] MAGIC = {(byte) 0xfe, 'b', 'i', 'n'};
    private static final int TYPES = 38;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<Long> ends = new ArrayList<>();
    private final List<Long> transactionEnds = new ArrayList<>();
    private final boolean checksums;
    private final long base;
    private final long seconds;

    private LogBytes(boolean checksums, long base, long seconds) {
        this.checksums = checksums;
        this.base = base;
        this.seconds = seconds;
    }

    /** A new file with its format description. */
    static LogBytes file(boolean checksums) {
        return fileBegunAt(SECONDS, checksums);
    }

    /** @param seconds since 1970, of all its events */
    static LogBytes fileBegunAt(long seconds, boolean checksums) {
        LogBytes log = new LogBytes(checksums, 0, seconds);
        log.bytes.writeBytes(MAGIC);
        log.event(EventType.FORMAT_DESCRIPTION, formatBody(checksums));
        log.ends.clear();
        return log;
    }

    /** Events only, as they would stand from {@code offset} on. */
    static LogBytes eventsFrom(long offset, boolean checksums) {
        return new LogBytes(checksums, offset, SECONDS);
    }

    private static byte[] formatBody(boolean checksums) {
        byte[] body = new byte[2 + 50 + 4 + 1 + TYPES + 1];
        LittleEndian.put(body, 0, 2, 4);
        byte[] version = "5.7.22-log".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(version, 0, body, 2, version.length);
        body[56] = EventHeader.BYTES;
        int[] lengths = {
            56, 13, 0, 8, 0, 18, 0, 4, 4, 4, 4, 18, 0, 0, 95, 0, 4, 26, 8, 0, 0, 0, 8, 8, 8, 2, 0, 0, 0, 10, 10, 10, 42,
            42, 0, 18, 52, 0
        };
        for (int i = 0; i < TYPES; i++) {
            body[57 + i] = (byte) lengths[i];
        }
        body[57 + TYPES] = (byte) (checksums ? 1 : 0);
        return body;
    }

    /** Adds an event of this type. */
    LogBytes event(int type, byte[] body) {
        boolean sum = checksums || type == EventType.FORMAT_DESCRIPTION;
        byte[] event = new byte[EventHeader.BYTES + body.length + (sum ? 4 : 0)];
        LittleEndian.put(event, 0, 4, seconds);
        event[4] = (byte) type;
        LittleEndian.put(event, 5, 4, SERVER_ID);
        LittleEndian.put(event, 9, 4, event.length);
        LittleEndian.put(event, 13, 4, size() + event.length);
        System.arraycopy(body, 0, event, EventHeader.BYTES, body.length);
        if (sum) {
            CRC32 crc = new CRC32();
            crc.update(event, 0, event.length - 4);
            LittleEndian.put(event, event.length - 4, 4, crc.getValue());
        }
        bytes.writeBytes(event);
        ends.add(size());
        return this;
    }

    LogBytes statement(String text) {
        byte[] sql = text.getBytes(StandardCharsets.UTF_8);
        byte[] body = new byte[13 + 2 + sql.length];
        body[8] = 1;
        body[13] = 'd';
        System.arraycopy(sql, 0, body, 15, sql.length);
        return event(EventType.QUERY, body);
    }

    /** BEGIN, one row event of this many bytes, XID. */
    LogBytes transaction(int rowBytes) {
        begin(rowBytes).event(EventType.XID, new byte[8]);
        transactionEnds.add(size());
        return this;
    }

    /** A transaction without its end. */
    LogBytes begin(int rowBytes) {
        return event(EventType.ANONYMOUS_GTID, new byte[42])
                .statement("BEGIN")
                .event(EventType.WRITE_ROWS, new byte[rowBytes]);
    }

    LogBytes rotateTo(String file) {
        byte[] name = file.getBytes(StandardCharsets.UTF_8);
        byte[] body = new byte[8 + name.length];
        body[0] = 4;
        System.arraycopy(name, 0, body, 8, name.length);
        return event(EventType.ROTATE, body);
    }

    /** Offset behind everything so far. */
    long size() {
        return base + bytes.size();
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    /** Offsets behind each event, the format description not counted. */
    List<Long> ends() {
        return List.copyOf(ends);
    }

    /** Offsets behind each whole transaction. */
    List<Long> transactionEnds() {
        return List.copyOf(transactionEnds);
    }
}
