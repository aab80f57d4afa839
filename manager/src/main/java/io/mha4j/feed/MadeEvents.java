package io.mha4j.feed;

import io.mha4j.binlog.EventHeader;
import io.mha4j.binlog.EventType;
import io.mha4j.binlog.FormatDescription;
import io.mha4j.binlog.LittleEndian;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * The events that a source makes up for its replicas; they stand in no file.
 *
 * @param serverId of the source
 */
record MadeEvents(long serverId) {
    private static final int TIMESTAMP_AT = 0;
    private static final int TYPE_AT = 4;
    private static final int SERVER_AT = 5;
    private static final int LENGTH_AT = 9;
    private static final int END_AT = 13;
    private static final int FLAGS_AT = 17;
    private static final int CREATED_AT = EventHeader.BYTES + 52;
    private static final int CRC_BYTES = FormatDescription.CHECKSUM_BYTES;

    /** What follows comes from this file, from this offset on. */
    byte[] rotate(String file, long offset, boolean checksum) {
        byte[] name = file.getBytes(StandardCharsets.UTF_8);
        byte[] body = new byte[8 + name.length];
        LittleEndian.put(body, 0, 8, offset);
        System.arraycopy(name, 0, body, 8, name.length);
        return event(EventType.ROTATE, body, 0, EventHeader.ARTIFICIAL, checksum);
    }

    /** The source lives, and has nothing behind this place. */
    byte[] heartbeat(String file, long offset, boolean checksum) {
        return event(EventType.HEARTBEAT, file.getBytes(StandardCharsets.UTF_8), offset, 0, checksum);
    }

    private byte[] event(int type, byte[] body, long end, int flags, boolean checksum) {
        int covered = EventHeader.BYTES + body.length;
        byte[] event = new byte[covered + (checksum ? CRC_BYTES : 0)];
        LittleEndian.put(event, TIMESTAMP_AT, 4, 0);
        event[TYPE_AT] = (byte) type;
        LittleEndian.put(event, SERVER_AT, 4, serverId);
        LittleEndian.put(event, LENGTH_AT, 4, event.length);
        LittleEndian.put(event, END_AT, 4, end);
        LittleEndian.put(event, FLAGS_AT, 2, flags);
        System.arraycopy(body, 0, event, EventHeader.BYTES, body.length);
        if (checksum) {
            seal(event);
        }
        return event;
    }

    /**
     * The source's own format description as it is sent: no longer in use.
     *
     * @param end      offset behind it; 0: it has no place in a file
     * @param fromHead whether the events behind it are the first of their file; else the time of the source's start is
     *     left out, by which a replica knows that its temporary tables are gone
     */
    static byte[] formatDescription(FormatDescription format, long end, boolean fromHead) {
        byte[] event = Arrays.copyOf(format.event(), format.event().length);
        LittleEndian.put(event, FLAGS_AT, 2, 0);
        LittleEndian.put(event, END_AT, 4, end);
        if (!fromHead) {
            LittleEndian.put(event, CREATED_AT, 4, 0);
        }
        if (format.checksums()) {
            seal(event);
        }
        return event;
    }

    private static void seal(byte[] event) {
        CRC32 crc = new CRC32();
        crc.update(event, 0, event.length - CRC_BYTES);
        LittleEndian.put(event, event.length - CRC_BYTES, CRC_BYTES, crc.getValue());
    }
}
