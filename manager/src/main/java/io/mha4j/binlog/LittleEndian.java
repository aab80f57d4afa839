package io.mha4j.binlog;

/** Numbers as binary logs and the client protocol write them: least significant byte first, unsigned. */
public final class LittleEndian {
    private LittleEndian() {}

    /** A number of 1 to 8 bytes; with 8 the highest bit makes it negative. */
    public static long unsigned(byte[] bytes, int at, int size) {
        long value = 0;
        for (int i = size - 1; i >= 0; i--) {
            value = value << 8 | (bytes[at + i] & 0xff);
        }
        return value;
    }

    /** Writes the low {@code size} bytes of {@code value}. */
    public static void put(byte[] bytes, int at, int size, long value) {
        for (int i = 0; i < size; i++) {
            bytes[at + i] = (byte) (value >>> (8 * i));
        }
    }
}
