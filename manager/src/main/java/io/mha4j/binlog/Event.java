package io.mha4j.binlog;

/**
 * One event that a scan came across, without its bulk.
 *
 * @param header its first 19 bytes
 * @param offset where it begins in the file or stream that was scanned
 * @param head   the event's first bytes, header included: all of it unless it is longer than {@link #HEAD_LIMIT}, but
 *               only some 48 bytes of rows, blocks of files and compressed transactions, and all of a list of GTIDs;
 *               not to be changed
 * @param format the format description in force, for a format description the one that it brings
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; copying each head would double the work of a scan
public record Event(EventHeader header, long offset, byte[] head, FormatDescription format) {
    /** Holds every event whose content positions and transactions depend on: a QUERY's text begins before this. */
    public static final int HEAD_LIMIT = 1 << 17;

    public int type() {
        return header.type();
    }

    /**
     * Whether a source wrote it when it was started: it has rolled back what it left open, and replicas do the same here.
     * The first event of a relay log may look so without being it, because old versions do not flag what a replica writes.
     */
    public boolean isStart() {
        return type() == EventType.FORMAT_DESCRIPTION
                && !header.has(EventHeader.ARTIFICIAL)
                && !header.has(EventHeader.RELAY_LOG)
                && format.created() != 0;
    }

    /** Offset behind the event. */
    public long endOffset() {
        return offset + header.length();
    }

    /** First byte behind the header and the type's fixed part. */
    public int bodyAt() {
        return EventHeader.BYTES + format.postHeader(type());
    }

    /** Length of the event without its checksum. */
    public long lengthWithoutChecksum() {
        return header.length() - format.trailer();
    }
}
