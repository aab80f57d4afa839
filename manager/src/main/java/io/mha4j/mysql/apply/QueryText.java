package io.mha4j.mysql.apply;

import io.mha4j.binlog.Event;
import io.mha4j.binlog.EventHeader;
import io.mha4j.binlog.LittleEndian;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * A statement with all its bytes, and what it needs (MySQL source, {@code Query_event}). The head of LOAD DATA's last
 * event is the same.
 *
 * @param thread    connection that ran it
 * @param errorCode with what it failed at the source; 0 if it did not
 * @param status    settings of the session
 * @param database  default database, in UTF-8
 */
@SuppressWarnings("ArrayRecordComponent") // a reading, never compared
record QueryText(long thread, int errorCode, StatusVariables status, byte[] database, byte[] text) {
    private static final int DATABASE_LENGTH_AT = EventHeader.BYTES + 8;
    private static final int ERROR_AT = DATABASE_LENGTH_AT + 1;
    private static final int STATUS_LENGTH_AT = ERROR_AT + 2;
    /** Longer than any keyword that is looked for. */
    private static final int KEYWORDS = 24;

    /** @throws IllegalArgumentException if it ends too early or says what this version does not know */
    static QueryText of(Event event) {
        byte[] bytes = event.head();
        int textAt = at(event);
        int databaseAt = textAt - 1 - (bytes[DATABASE_LENGTH_AT] & 0xff);
        return new QueryText(
                LittleEndian.unsigned(bytes, EventHeader.BYTES, 4),
                (int) LittleEndian.unsigned(bytes, ERROR_AT, 2),
                StatusVariables.parse(Arrays.copyOfRange(bytes, event.bodyAt(), databaseAt)),
                Arrays.copyOfRange(bytes, databaseAt, textAt - 1),
                Arrays.copyOfRange(bytes, textAt, (int) event.lengthWithoutChecksum()));
    }

    /** Where the text begins: behind the fixed part, the status variables, the database and a zero. */
    static int at(Event event) {
        byte[] bytes = event.head();
        int status = (int) LittleEndian.unsigned(bytes, STATUS_LENGTH_AT, 2);
        int at = event.bodyAt() + status + (bytes[DATABASE_LENGTH_AT] & 0xff) + 1;
        if (at > event.lengthWithoutChecksum()) {
            throw new IllegalArgumentException("a QUERY event of " + bytes.length + " bytes ends too early");
        }
        return at;
    }

    /** The first words in capitals, for comparisons. */
    String keywords() {
        return new String(text, 0, Math.min(KEYWORDS, text.length), StandardCharsets.ISO_8859_1)
                .toUpperCase(Locale.ROOT);
    }
}
