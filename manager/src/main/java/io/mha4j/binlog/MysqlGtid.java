package io.mha4j.binlog;

import java.util.Optional;
import java.util.UUID;

/**
 * One MySQL transaction's identifier.
 *
 * @param number from 1 on, per origin
 */
public record MysqlGtid(Origin origin, long number) {
    private static final int UUID_AT = 1;
    private static final int NUMBER_AT = UUID_AT + 16;

    /**
     * Who wrote a transaction first.
     *
     * @param tag since 8.3; empty without one
     */
    public record Origin(UUID server, String tag) {
        @Override
        public String toString() {
            return tag.isEmpty() ? server.toString() : server + ":" + tag;
        }
    }

    /**
     * Reads the identifier from the event that opens a transaction.
     *
     * @return empty for an anonymous transaction and for an event of another type
     * @throws IllegalArgumentException if the event is too short for its type
     */
    public static Optional<MysqlGtid> of(Event event) {
        if (event.type() == EventType.GTID_TAGGED) {
            return Optional.of(TaggedGtid.read(event.head(), event.bodyAt(), (int) event.lengthWithoutChecksum()));
        }
        if (event.type() != EventType.GTID) {
            return Optional.empty();
        }
        int body = EventHeader.BYTES;
        if (event.lengthWithoutChecksum() < body + NUMBER_AT + 8) {
            throw new IllegalArgumentException(
                    "a GTID event of " + event.header().length() + " bytes is too short");
        }
        return Optional.of(new MysqlGtid(
                new Origin(uuid(event.head(), body + UUID_AT), ""),
                LittleEndian.unsigned(event.head(), body + NUMBER_AT, 8)));
    }

    static UUID uuid(byte[] bytes, int at) {
        return new UUID(
                Long.reverseBytes(LittleEndian.unsigned(bytes, at, 8)),
                Long.reverseBytes(LittleEndian.unsigned(bytes, at + 8, 8)));
    }

    @Override
    public String toString() {
        return origin + ":" + number;
    }
}
