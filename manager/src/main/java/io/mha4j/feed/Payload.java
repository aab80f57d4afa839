package io.mha4j.feed;

import io.mha4j.binlog.LittleEndian;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Builds the content of one small packet. */
final class Payload {
    private static final int ONE_BYTE_LENGTH = 250;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    static Payload of(int first) {
        return new Payload().number(first, 1);
    }

    Payload number(long value, int size) {
        byte[] number = new byte[size];
        LittleEndian.put(number, 0, size, value);
        return raw(number);
    }

    Payload raw(byte[] more) {
        bytes.writeBytes(more);
        return this;
    }

    Payload raw(String text) {
        return raw(text.getBytes(StandardCharsets.UTF_8));
    }

    Payload untilZero(String text) {
        return raw(text).number(0, 1);
    }

    /** Text behind its length. */
    Payload counted(String text) {
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        if (raw.length <= ONE_BYTE_LENGTH) {
            number(raw.length, 1);
        } else {
            number(0xfc, 1).number(raw.length, 2);
        }
        return raw(raw);
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
