package io.mha4j.binlog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A statement with its surroundings. Layout: MySQL "Query_event"; MariaDB's compressed form differs in the text only.
 *
 * @param thread          connection that ran it; keeps temporary tables of different connections apart
 * @param seconds         how long it ran
 * @param errorCode       with what it failed at the source; 0 if it did not
 * @param statusVariables settings of the session, as stored
 * @param database        default database, as stored
 * @param text            the statement, cut where the event's head ends
 * @param whole           whether {@code text} is all of it
 */
@SuppressWarnings("ArrayRecordComponent") // a reading, never compared
public record QueryEvent(
        long thread, long seconds, int errorCode, byte[] statusVariables, byte[] database, byte[] text, boolean whole) {
    private static final int DATABASE_LENGTH_AT = EventHeader.BYTES + 8;
    private static final int ERROR_AT = DATABASE_LENGTH_AT + 1;
    private static final int STATUS_LENGTH_AT = ERROR_AT + 2;

    /** Whether an event of this type is a statement, compressed or not. */
    public static boolean is(int type) {
        return type == EventType.QUERY || type == EventType.MARIADB_QUERY_COMPRESSED;
    }

    /**
     * @param event a statement, see {@link #is}
     * @throws IllegalArgumentException if its lengths do not fit together
     */
    public static QueryEvent of(Event event) {
        byte[] head = event.head();
        int textAt = textAt(event);
        int database = head[DATABASE_LENGTH_AT] & 0xff;
        int databaseAt = textAt - 1 - database;
        int textEnd = (int) Math.min(event.lengthWithoutChecksum(), head.length);
        boolean whole = event.lengthWithoutChecksum() <= head.length;
        byte[] text = Arrays.copyOfRange(head, textAt, textEnd);
        if (event.type() == EventType.MARIADB_QUERY_COMPRESSED) {
            Inflated inflated = inflate(text);
            whole &= inflated.whole();
            text = inflated.bytes();
        }
        return new QueryEvent(
                LittleEndian.unsigned(head, EventHeader.BYTES, 4),
                LittleEndian.unsigned(head, EventHeader.BYTES + 4, 4),
                (int) LittleEndian.unsigned(head, ERROR_AT, 2),
                Arrays.copyOfRange(head, event.bodyAt(), databaseAt),
                Arrays.copyOfRange(head, databaseAt, textAt - 1),
                text,
                whole);
    }

    /**
     * The first bytes of the statement as text of one byte per character; enough to tell keywords without reading all.
     *
     * @throws IllegalArgumentException if the event's lengths do not fit together
     */
    static String beginning(Event event, int limit) {
        if (event.type() == EventType.MARIADB_QUERY_COMPRESSED) {
            byte[] text = of(event).text();
            return new String(text, 0, Math.min(limit, text.length), StandardCharsets.ISO_8859_1);
        }
        int at = textAt(event);
        int end = (int) Math.min(event.lengthWithoutChecksum(), event.head().length);
        return new String(event.head(), at, Math.min(limit, end - at), StandardCharsets.ISO_8859_1);
    }

    /** The text begins behind the fixed part, the status variables, the database and a zero. */
    private static int textAt(Event event) {
        byte[] head = event.head();
        if (head.length < STATUS_LENGTH_AT + 2) {
            throw new IllegalArgumentException("a QUERY event of " + head.length + " bytes is too short");
        }
        int status = (int) LittleEndian.unsigned(head, STATUS_LENGTH_AT, 2);
        int at = event.bodyAt() + status + (head[DATABASE_LENGTH_AT] & 0xff) + 1;
        if (at > Math.min(event.lengthWithoutChecksum(), head.length)) {
            throw new IllegalArgumentException(
                    "a QUERY event of " + event.header().length() + " bytes ends too early");
        }
        return at;
    }

    private record Inflated(byte[] bytes, boolean whole) {}

    /** One byte of algorithm and number of length bytes, the length with the highest byte first, then a zlib stream. */
    private static Inflated inflate(byte[] text) {
        int lengthBytes = text.length == 0 ? 0 : text[0] & 0x07;
        if (lengthBytes == 0 || lengthBytes > 4 || text.length <= lengthBytes) {
            throw new IllegalArgumentException("a compressed QUERY event without a length");
        }
        long length = 0;
        for (int i = 1; i <= lengthBytes; i++) {
            length = length << 8 | (text[i] & 0xff);
        }
        byte[] plain = new byte[(int) Math.min(length, Event.HEAD_LIMIT)];
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(text, 1 + lengthBytes, text.length - 1 - lengthBytes);
            int filled = inflater.inflate(plain);
            return new Inflated(Arrays.copyOf(plain, filled), filled == length);
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("a compressed QUERY event is damaged: " + e.getMessage(), e);
        } finally {
            inflater.end();
        }
    }

    /** The statement for a person or a comparison of keywords; one byte per character where it is not UTF-8. */
    public String textAsString() {
        return new String(text, StandardCharsets.UTF_8);
    }

    public String databaseAsString() {
        return new String(database, StandardCharsets.UTF_8);
    }
}
