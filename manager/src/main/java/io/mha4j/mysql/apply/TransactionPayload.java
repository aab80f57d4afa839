package io.mha4j.mysql.apply;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.zstd.ZstdInputStream;
import io.mha4j.binlog.Event;
import io.mha4j.binlog.EventHeader;
import io.mha4j.binlog.LittleEndian;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The events inside a TRANSACTION_PAYLOAD event (MySQL source, {@code Transaction_payload_event}): fields of type, length
 * and value, ended by a 0, then the events, compressed or not, each without a checksum.
 */
final class TransactionPayload {
    private static final int END = 0;
    private static final int COMPRESSION = 2;
    private static final int ZSTD = 0;
    private static final int NONE = 255;
    private static final int LENGTH_AT = 9;

    private TransactionPayload() {}

    /**
     * Hands over each event, with the checksum that the format asks for, one at a time.
     *
     * @throws IllegalArgumentException if the payload is damaged or packed in a way that is not known
     */
    static void forEach(Event payload, Consumer<Event> each) {
        byte[] bytes = payload.head();
        int end = (int) payload.lengthWithoutChecksum();
        long compression = NONE;
        // The format description speaks of a fixed part of 40 bytes, which servers do not write.
        PackedInteger type = PackedInteger.at(bytes, EventHeader.BYTES);
        while (type.value() != END) {
            PackedInteger length = PackedInteger.at(bytes, type.next());
            if (type.value() == COMPRESSION) {
                compression = PackedInteger.at(bytes, length.next()).value();
            }
            type = PackedInteger.at(bytes, length.next() + (int) length.value());
        }
        InputStream packed = new ByteArrayInputStream(bytes, type.next(), end - type.next());
        try (InputStream plain = plain(packed, compression)) {
            split(plain, payload, each);
        } catch (IOException | MalformedInputException e) {
            throw new IllegalArgumentException("a compressed transaction is damaged: " + e.getMessage(), e);
        }
    }

    private static InputStream plain(InputStream packed, long compression) {
        if (compression == NONE) {
            return packed;
        }
        if (compression == ZSTD) {
            return new ZstdInputStream(packed);
        }
        throw new IllegalArgumentException("a transaction is compressed by an unknown method, number " + compression);
    }

    private static void split(InputStream plain, Event payload, Consumer<Event> each) throws IOException {
        byte[] header = plain.readNBytes(EventHeader.BYTES);
        while (header.length == EventHeader.BYTES) {
            int length = (int) LittleEndian.unsigned(header, LENGTH_AT, 4);
            if (length < EventHeader.BYTES) {
                throw new IOException("an event of " + length + " bytes");
            }
            byte[] event = Arrays.copyOf(header, length);
            int read = plain.readNBytes(event, EventHeader.BYTES, length - EventHeader.BYTES);
            if (read < length - EventHeader.BYTES) {
                throw new IOException("it ends inside an event");
            }
            each.accept(Whole.stored(event, length, payload.offset(), payload.format()));
            header = plain.readNBytes(EventHeader.BYTES);
        }
        if (header.length > 0) {
            throw new IOException("it ends inside an event's header");
        }
    }
}
