package io.mha4j.mysql.apply;

import io.mha4j.binlog.Event;
import io.mha4j.binlog.EventHeader;
import io.mha4j.binlog.FormatDescription;
import io.mha4j.binlog.LittleEndian;
import java.util.Arrays;
import java.util.zip.CRC32;

/** Events that are held whole: {@link Event#head} is all of them. */
final class Whole {
    private static final int TYPE_AT = 4;
    private static final int LENGTH_AT = 9;

    private Whole() {}

    static Event of(byte[] bytes, long offset, FormatDescription format) {
        return new Event(EventHeader.parse(bytes, 0), offset, bytes, format);
    }

    /** An event without a checksum, as its format description would have it stored. */
    static Event stored(byte[] bare, int length, long offset, FormatDescription format) {
        byte[] bytes = Arrays.copyOf(bare, length + format.trailer());
        LittleEndian.put(bytes, LENGTH_AT, 4, bytes.length);
        seal(bytes, format);
        return of(bytes, offset, format);
    }

    /** The same event with {@code rest} behind its first {@code kept} bytes, and of another type. */
    static Event rebuilt(Event event, int type, int kept, byte[] rest) {
        byte[] bare = Arrays.copyOf(event.head(), kept + rest.length);
        System.arraycopy(rest, 0, bare, kept, rest.length);
        bare[TYPE_AT] = (byte) type;
        return stored(bare, bare.length, event.offset(), event.format());
    }

    /** Makes the checksum right after a change. */
    static void seal(byte[] event, FormatDescription format) {
        if (format.checksums()) {
            int end = event.length - FormatDescription.CHECKSUM_BYTES;
            CRC32 sum = new CRC32();
            sum.update(event, 0, end);
            LittleEndian.put(event, end, FormatDescription.CHECKSUM_BYTES, sum.getValue());
        }
    }

    /** What lies behind the type's fixed part, without the checksum. */
    static byte[] body(Event event) {
        return Arrays.copyOfRange(event.head(), event.bodyAt(), (int) event.lengthWithoutChecksum());
    }
}
