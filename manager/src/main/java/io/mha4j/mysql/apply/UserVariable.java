package io.mha4j.mysql.apply;

import io.mha4j.binlog.Event;
import io.mha4j.binlog.LittleEndian;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** A variable that a statement reads: a USER_VAR event as an assignment (MySQL source, {@code User_var_log_event}). */
final class UserVariable {
    private static final int STRING = 0;
    private static final int REAL = 1;
    private static final int INTEGER = 2;
    private static final int DECIMAL = 4;
    private static final int UNSIGNED = 1;

    private UserVariable() {}

    /** A collation of the server, by its own names. */
    record Collation(String name, String charset) {}

    /**
     * The assignment, one character per byte; in ASCII but for the name.
     *
     * @param collations of the server that it is for, by number
     * @throws IllegalArgumentException if the type or the collation is not known
     */
    static String assignment(Event event, Map<Integer, Collation> collations) {
        byte[] body = Whole.body(event);
        int nameLength = (int) LittleEndian.unsigned(body, 0, 4);
        String name = new String(body, 4, nameLength, StandardCharsets.ISO_8859_1);
        return "@`" + name.replace("`", "``") + "`:=" + value(body, 4 + nameLength, collations);
    }

    private static String value(byte[] body, int at, Map<Integer, Collation> collations) {
        if (body[at] != 0) {
            return "NULL";
        }
        int type = body[at + 1];
        int charset = (int) LittleEndian.unsigned(body, at + 2, 4);
        int length = (int) LittleEndian.unsigned(body, at + 6, 4);
        int from = at + 10;
        boolean unsigned = body.length > from + length && (body[from + length] & UNSIGNED) != 0;
        return switch (type) {
            case STRING -> string(body, from, length, collation(charset, collations));
            case REAL -> real(Double.longBitsToDouble(LittleEndian.unsigned(body, from, 8)));
            case INTEGER -> integer(LittleEndian.unsigned(body, from, 8), unsigned);
            case DECIMAL -> decimal(BinaryDecimal.parse(Arrays.copyOfRange(body, from, from + length), 0));
            default -> throw new IllegalArgumentException("a user variable of type " + type + " is not known");
        };
    }

    private static Collation collation(int number, Map<Integer, Collation> collations) {
        return Optional.ofNullable(collations.get(number))
                .orElseThrow(() -> new IllegalArgumentException(
                        "a user variable has collation " + number + ", which the server does not know"));
    }

    private static String string(byte[] body, int from, int length, Collation collation) {
        String text = length == 0 ? "''" : "0x" + HexFormat.of().formatHex(body, from, from + length);
        return "_" + collation.charset() + " " + text + " COLLATE `" + collation.name() + "`";
    }

    /** With an exponent: without one it would be a decimal number. Java prints as many digits as tell it from others. */
    private static String real(double value) {
        String text = Double.toString(value);
        return text.contains("E") ? text : text + "E0";
    }

    private static String integer(long value, boolean unsigned) {
        return unsigned ? Long.toUnsignedString(value) : Long.toString(value);
    }

    /** With a point: without one it would be an integer. */
    private static String decimal(BigDecimal value) {
        String text = value.toPlainString();
        return text.contains(".") ? text : text + ".";
    }
}
