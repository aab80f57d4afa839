package io.mha4j.feed;

import io.mha4j.archive.Archive;
import io.mha4j.archive.Cut;
import io.mha4j.archive.Piece;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.EventType;
import io.mha4j.binlog.FormatDescription;
import io.mha4j.binlog.LittleEndian;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/** Writes binary logs as a source would, and an archive of them. Offsets are those of the source. */
final class Log {
    static final String MYSQL_5_5 = "5.5.9-log";
    static final String MYSQL_5_7 = "5.7.22-log";
    static final String MYSQL_8_0 = "8.0.15";
    static final String MARIADB = "10.11.6-MariaDB-log";

    private static final byte[] MAGIC = {(byte) 0xfe, 'b', 'i', 'n'};
    private static final int SOURCE = 7;

    private final Path folder;
    private final List<Piece> pieces = new ArrayList<>();
    private final List<byte[]> sent = new ArrayList<>();

    private OutputStream content = OutputStream.nullOutputStream();
    private long size;
    private FormatDescription format = format(MYSQL_5_7, true);
    private String file = "";
    private long start;
    private long offset;
    private long events;

    Log(Path folder) {
        this.folder = folder;
    }

    /** The bytes of the format description of a server that was started at second 5000 and is running. */
    static FormatDescription format(String version, boolean checksums) {
        boolean knows = FormatDescription.knowsChecksums(version);
        int types = version.equals(MARIADB) ? 171 : version.equals(MYSQL_5_5) ? 27 : 38;
        byte[] event = new byte[19 + 57 + types + (knows ? 5 : 0)];
        head(event, EventType.FORMAT_DESCRIPTION, 4 + event.length, 1);
        LittleEndian.put(event, 19, 2, 4);
        byte[] name = version.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(name, 0, event, 21, name.length);
        LittleEndian.put(event, 71, 4, 5000);
        event[75] = 19;
        event[76 + EventType.FORMAT_DESCRIPTION - 1] = (byte) (57 + types);
        if (knows) {
            event[event.length - 5] = (byte) (checksums ? 1 : 0);
            seal(event);
        }
        return FormatDescription.parse(event);
    }

    private static void head(byte[] event, int type, long end, int flags) {
        LittleEndian.put(event, 0, 4, 1_700_000_000);
        event[4] = (byte) type;
        LittleEndian.put(event, 5, 4, SOURCE);
        LittleEndian.put(event, 9, 4, event.length);
        LittleEndian.put(event, 13, 4, end);
        LittleEndian.put(event, 17, 2, flags);
    }

    private static void seal(byte[] event) {
        CRC32 crc = new CRC32();
        crc.update(event, 0, event.length - 4);
        LittleEndian.put(event, event.length - 4, 4, crc.getValue());
    }

    /** The source begins a file. */
    Log begins(String name, FormatDescription form) {
        return piece(name, 4, form);
    }

    /** The archive goes on here: a file from its middle on, or with another form. */
    Log piece(String name, long from, FormatDescription form) {
        end();
        file = name;
        start = from;
        format = form;
        offset = from == 4 ? 4 + form.event().length : from;
        try {
            content = new BufferedOutputStream(Files.newOutputStream(path()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        append(MAGIC);
        append(form.event());
        return this;
    }

    private Path path() {
        return folder.resolve("piece" + pieces.size() + ".binlog");
    }

    private void append(byte[] bytes) {
        try {
            content.write(bytes);
            size += bytes.length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void end() {
        try {
            content.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!file.isEmpty()) {
            pieces.add(new Piece(path(), file, start, offset, format, size, events, 0, ""));
        }
        size = 0;
        events = 0;
    }

    /** An event that every replica gets; answers where it begins. */
    long event(int type, byte[] body) {
        sent.add(write(type, body, 0));
        return offset - sent.get(sent.size() - 1).length;
    }

    /** An event that no replica gets. */
    Log hidden(int type, byte[] body, int flags) {
        write(type, body, flags);
        return this;
    }

    private byte[] write(int type, byte[] body, int flags) {
        byte[] event = new byte[19 + body.length + format.trailer()];
        offset += event.length;
        head(event, type, offset, flags);
        System.arraycopy(body, 0, event, 19, body.length);
        if (format.checksums()) {
            seal(event);
        }
        append(event);
        events++;
        return event;
    }

    /** Rows of {@code bytes} bytes, telling from others by {@code mark}. */
    long rows(int mark, int bytes) {
        byte[] body = new byte[bytes];
        java.util.Arrays.fill(body, (byte) mark);
        return event(EventType.WRITE_ROWS, body);
    }

    /** Many rows, which are not kept in {@link #sent}: tests run side by side in little memory. */
    Log bulk(int times, int bytes) {
        for (int i = 0; i < times; i++) {
            byte[] body = new byte[bytes];
            java.util.Arrays.fill(body, (byte) i);
            write(EventType.WRITE_ROWS, body, 0);
        }
        return this;
    }

    long xid(int number) {
        byte[] body = new byte[8];
        LittleEndian.put(body, 0, 8, number);
        return event(EventType.XID, body);
    }

    long rotate(String next) {
        return event(EventType.ROTATE, rotation(next));
    }

    static byte[] rotation(String next) {
        byte[] body = new byte[8 + next.length()];
        LittleEndian.put(body, 0, 8, 4);
        System.arraycopy(next.getBytes(StandardCharsets.US_ASCII), 0, body, 8, next.length());
        return body;
    }

    /** The GTID {@code 00000000-0000-0000-0000-0000000000<origin>:number}. */
    long gtid(int origin, long number) {
        byte[] body = new byte[42];
        body[16] = (byte) origin;
        LittleEndian.put(body, 17, 8, number);
        return event(EventType.GTID, body);
    }

    /** The GTID {@code domain-7-number}. */
    long mariadbGtid(int domain, long number) {
        byte[] body = new byte[19];
        LittleEndian.put(body, 0, 8, number);
        LittleEndian.put(body, 8, 4, domain);
        return event(EventType.MARIADB_GTID, body);
    }

    String file() {
        return file;
    }

    long offset() {
        return offset;
    }

    /** Every event that a replica gets which has nothing yet, byte by byte. */
    List<byte[]> sent() {
        return List.copyOf(sent);
    }

    Archive archive() {
        end();
        file = "";
        return archive(pieces.get(0).startPosition());
    }

    /** One that begins there, whatever its first piece is of. */
    Archive archive(BinlogPosition start) {
        end();
        file = "";
        return new Archive(
                folder.resolve("saved.json"),
                "app",
                "db1",
                3306,
                SOURCE,
                start,
                pieces,
                Optional.empty(),
                Cut.NOTHING,
                true,
                List.of("made up"),
                Instant.EPOCH);
    }

    static BinlogPosition at(String file, long offset) {
        return new BinlogPosition(file, offset);
    }
}
