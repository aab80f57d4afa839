package io.mha4j.binlog;

import java.nio.charset.StandardCharsets;

/**
 * What a ROTATE event says: the events behind it belong to {@code file} from {@code position} on.
 *
 * @param kind who made it and what for
 */
public record RotateEvent(String file, long position, Kind kind) {
    /** Three kinds of event share the type. */
    public enum Kind {
        /** The last event of a source's file. */
        REAL,
        /** Made by a sender: what follows comes from there. */
        ARTIFICIAL,
        /** Made by a replica for its own relay log, or in place of an event that it did not keep. */
        REPLICA
    }

    private static final int NAME_AT = EventHeader.BYTES + 8;

    /**
     * @param event of type {@link EventType#ROTATE}
     * @throws IllegalArgumentException if it names no file
     */
    public static RotateEvent of(Event event) {
        int length = (int) event.lengthWithoutChecksum() - NAME_AT;
        if (length <= 0 || length > 1024) {
            throw new IllegalArgumentException(
                    "a ROTATE event of " + event.header().length() + " bytes");
        }
        return new RotateEvent(
                new String(event.head(), NAME_AT, length, StandardCharsets.UTF_8),
                LittleEndian.unsigned(event.head(), EventHeader.BYTES, 8),
                kind(event.header()));
    }

    private static Kind kind(EventHeader header) {
        if (header.has(EventHeader.ARTIFICIAL)) {
            return Kind.ARTIFICIAL;
        }
        return header.has(EventHeader.RELAY_LOG) || header.serverId() == 0 ? Kind.REPLICA : Kind.REAL;
    }
}
