package io.mha4j.feed;

import io.mha4j.binlog.LittleEndian;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the fields of one packet, front to back. Bounds are checked: the packet comes from outside. */
final class Fields {
    private final byte[] packet;
    private int at;

    Fields(byte[] packet) {
        this.packet = packet;
    }

    /** An unsigned number of 1 to 8 bytes. */
    long number(int size) throws ProtocolException {
        return LittleEndian.unsigned(packet, take(size), size);
    }

    byte[] bytes(long count) throws ProtocolException {
        if (count > packet.length) {
            throw tooShort();
        }
        int from = take((int) count);
        return Arrays.copyOfRange(packet, from, at);
    }

    String text(long bytes) throws ProtocolException {
        return new String(bytes(bytes), StandardCharsets.UTF_8);
    }

    /** Text up to a byte 0, which is passed over; at the end of a packet some clients leave it out. */
    String untilZero() throws ProtocolException {
        int end = at;
        while (end < packet.length && packet[end] != 0) {
            end++;
        }
        String text = text(end - at);
        at = Math.min(end + 1, packet.length);
        return text;
    }

    String rest() throws ProtocolException {
        return text(remaining());
    }

    void skip(int count) throws ProtocolException {
        take(count);
    }

    int remaining() {
        return packet.length - at;
    }

    private int take(int count) throws ProtocolException {
        if (count < 0 || count > remaining()) {
            throw tooShort();
        }
        at += count;
        return at - count;
    }

    private static ProtocolException tooShort() {
        return new ProtocolException("it sent a packet that ends too early");
    }
}
