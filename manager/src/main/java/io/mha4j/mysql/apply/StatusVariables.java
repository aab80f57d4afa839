package io.mha4j.mysql.apply;

import io.mha4j.binlog.LittleEndian;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a QUERY event says about the session that its statement ran in (MySQL source, {@code Query_event}'s
 * "status variables"; MariaDB's begin at 128). Read in order: each code tells how long its value is.
 */
final class StatusVariables {
    private static final int MANY_DATABASES = 254;
    private static final int START_ALTER = 0x02;
    private static final int COMMIT_ALTER = 0x04;
    private static final int ROLLBACK_ALTER = 0x08;

    private final byte[] bytes;
    private int at;

    private OptionalLong options = OptionalLong.empty();
    private OptionalLong sqlMode = OptionalLong.empty();
    private int increment = 1;
    private int incrementOffset = 1;
    private List<Integer> charsets = List.of();
    private String timeZone = "";
    private int timeNames;
    private OptionalInt databaseCollation = OptionalInt.empty();
    private int microseconds;
    private final List<Setting> plain = new ArrayList<>();
    private List<CharsetDefault> charsetDefaults = List.of();
    private boolean changesNothing;

    /** A variable whose value is stored as it is set. */
    record Setting(String variable, long value) {}

    /** MariaDB: the collation that a character set has by default. */
    record CharsetDefault(int charset, int collation) {}

    private StatusVariables(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException if a code is not known, since all behind it could not be read
     */
    static StatusVariables parse(byte[] bytes) {
        StatusVariables variables = new StatusVariables(bytes);
        try {
            while (variables.at < bytes.length) {
                variables.read((int) variables.number(1));
            }
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("status variables of a QUERY event end too early", e);
        }
        return variables;
    }

    private void read(int code) {
        switch (code) {
            case 0 -> options = OptionalLong.of(number(4));
            case 1 -> sqlMode = OptionalLong.of(number(8));
            case 3 -> {
                increment = (int) number(2);
                incrementOffset = (int) number(2);
            }
            case 4 -> charsets = List.of((int) number(2), (int) number(2), (int) number(2));
            case 5 -> timeZone = text();
            case 7 -> timeNames = (int) number(2);
            case 8 -> databaseCollation = OptionalInt.of((int) number(2));
            case 13, 128 -> microseconds = (int) number(3);
            case 16 -> plain("explicit_defaults_for_timestamp", 1);
            case 18 -> plain("default_collation_for_utf8mb4", 2);
            case 19 -> plain("sql_require_primary_key", 1);
            case 20 -> plain("default_table_encryption", 1);
            case 21 -> plain("enable_cascade_triggers", 1);
            case 130 -> gtidFlags();
            case 131 -> charsetDefaults = charsetDefaults();
            default -> skip(code);
        }
    }

    /** What a statement's effect does not depend on, or what SQL cannot set. */
    private void skip(int code) {
        switch (code) {
            case 2 -> {
                text();
                at++;
            }
            case 6 -> text();
            case 9, 14, 15, 17, 129 -> number(8);
            case 10 -> number(4);
            case 11 -> {
                text();
                text();
            }
            case 12 -> skipDatabases();
            default ->
                throw new IllegalArgumentException(
                        "status variable " + code + " of a QUERY event is not known to this version");
        }
    }

    private void skipDatabases() {
        int count = (int) number(1);
        for (int i = 0; i < count && count != MANY_DATABASES; i++) {
            while (bytes[at] != 0) {
                at++;
            }
            at++;
        }
    }

    /** MariaDB 10.8 and later: one byte; at the end of an ALTER in two steps eight more (its {@code Q_GTID_FLAGS3}). */
    private void gtidFlags() {
        long flags = number(1);
        changesNothing = (flags & (START_ALTER | ROLLBACK_ALTER)) != 0;
        if ((flags & (COMMIT_ALTER | ROLLBACK_ALTER)) != 0) {
            number(8);
        }
    }

    private List<CharsetDefault> charsetDefaults() {
        List<CharsetDefault> found = new ArrayList<>();
        int count = (int) number(1);
        for (int i = 0; i < count; i++) {
            found.add(new CharsetDefault((int) number(2), (int) number(2)));
        }
        return found;
    }

    private void plain(String variable, int size) {
        plain.add(new Setting(variable, number(size)));
    }

    private long number(int size) {
        at += size;
        return LittleEndian.unsigned(bytes, at - size, size);
    }

    private String text() {
        int length = (int) number(1);
        at += length;
        return new String(bytes, at - length, length, StandardCharsets.ISO_8859_1);
    }

    /** Bits of the server's option word. */
    OptionalLong options() {
        return options;
    }

    OptionalLong sqlMode() {
        return sqlMode;
    }

    int increment() {
        return increment;
    }

    int incrementOffset() {
        return incrementOffset;
    }

    /** Client, connection's collation, server's collation as numbers; empty when not told. */
    List<Integer> charsets() {
        return charsets;
    }

    /** Empty when not told. */
    String timeZone() {
        return timeZone;
    }

    /** Number of {@code lc_time_names}; 0 is en_US. */
    int timeNames() {
        return timeNames;
    }

    /** {@code collation_database} when it is not the default database's own. */
    OptionalInt databaseCollation() {
        return databaseCollation;
    }

    int microseconds() {
        return microseconds;
    }

    List<Setting> plain() {
        return plain;
    }

    /**
     * Whether the statement is an ALTER in two steps of MariaDB ({@code binlog_alter_two_phase}) that begins, or that was
     * given up; the same text comes once more when it is done.
     */
    boolean changesNothing() {
        return changesNothing;
    }

    List<CharsetDefault> charsetsByDefault() {
        return charsetDefaults;
    }
}
