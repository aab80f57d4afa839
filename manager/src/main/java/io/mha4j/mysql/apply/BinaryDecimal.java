package io.mha4j.mysql.apply;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The server's stored form of DECIMAL (MySQL source, {@code decimal2bin}): groups of nine digits in four bytes, highest
 * first; the groups next to the ends take fewer; the first bit is the sign, and a negative number has all bits turned.
 */
final class BinaryDecimal {
    private static final int DIGITS = 9;
    private static final int GROUP_BYTES = 4;
    /** Bytes of a group with fewer digits, by their number. */
    private static final int[] BYTES = {0, 1, 1, 2, 2, 3, 3, 4, 4, 4};

    private final byte[] bytes;
    private int at;

    private BinaryDecimal(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    /** Reads precision, scale and digits from {@code at} on. */
    static BigDecimal parse(byte[] value, int at) {
        int precision = value[at] & 0xff;
        int scale = value[at + 1] & 0xff;
        byte[] copy = value.clone();
        boolean negative = (copy[at + 2] & 0x80) == 0;
        copy[at + 2] ^= (byte) 0x80;
        if (negative) {
            for (int i = at + 2; i < copy.length; i++) {
                copy[i] = (byte) ~copy[i];
            }
        }
        BigInteger digits = new BinaryDecimal(copy, at + 2).digits(precision - scale, scale);
        return new BigDecimal(negative ? digits.negate() : digits, scale);
    }

    private BigInteger digits(int whole, int fraction) {
        BigInteger all = group(BigInteger.ZERO, whole % DIGITS);
        for (int i = 0; i < whole / DIGITS + fraction / DIGITS; i++) {
            all = group(all, DIGITS);
        }
        return group(all, fraction % DIGITS);
    }

    private BigInteger group(BigInteger before, int digits) {
        int size = digits == DIGITS ? GROUP_BYTES : BYTES[digits];
        long value = 0;
        for (int i = 0; i < size; i++) {
            value = value << 8 | (bytes[at++] & 0xff);
        }
        return before.multiply(BigInteger.TEN.pow(digits)).add(BigInteger.valueOf(value));
    }
}
