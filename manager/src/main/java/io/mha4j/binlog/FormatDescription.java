package io.mha4j.binlog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * What a FORMAT_DESCRIPTION event says about the events behind it. Layout: MySQL "Binary Log Event" internals; a server
 * knows checksums from MySQL 5.6.1 and MariaDB 5.3 on, which only its version tells.
 *
 * @param event         the whole event as it was stored, checksum included
 * @param serverVersion for example {@code 8.0.15} or {@code 10.11.6-MariaDB-log}
 * @param checksums     whether the events behind it end with a CRC32
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record FormatDescription(byte[] event, String serverVersion, boolean checksums) {
    /** Bytes of a CRC32 behind an event. */
    public static final int CHECKSUM_BYTES = 4;

    /** No format description is longer: it has at most 255 event types. */
    static final int LENGTH_LIMIT = 512;

    private static final int VERSION_AT = EventHeader.BYTES + 2;
    private static final int VERSION_BYTES = 50;
    private static final int CREATED_AT = VERSION_AT + VERSION_BYTES;
    private static final int LENGTHS_AT = CREATED_AT + 5;
    private static final int OWN_LENGTH_AT = LENGTHS_AT + EventType.FORMAT_DESCRIPTION - 1;
    private static final int FLAGS_AT = 17;
    private static final int NO_CHECKSUMS = 0;
    private static final int CRC32_CHECKSUMS = 1;
    private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)");

    /**
     * Reads the event.
     *
     * @throws IllegalArgumentException if it is too short or of another binary log version than 4
     */
    public static FormatDescription parse(byte[] event) {
        if (event.length <= OWN_LENGTH_AT || LittleEndian.unsigned(event, EventHeader.BYTES, 2) != 4) {
            throw new IllegalArgumentException("no format description of binary log version 4");
        }
        int end = VERSION_AT;
        while (end < CREATED_AT && event[end] != 0) {
            end++;
        }
        String version = new String(event, VERSION_AT, end - VERSION_AT, StandardCharsets.ISO_8859_1);
        boolean checksums = knowsChecksums(version) && event[event.length - CHECKSUM_BYTES - 1] == 1;
        return new FormatDescription(event.clone(), version, checksums);
    }

    /** Whether a server of this version ends a format description with an algorithm and a checksum. */
    public static boolean knowsChecksums(String version) {
        if (version.contains("MariaDB")) {
            return true;
        }
        Matcher numbers = NUMBERS.matcher(version);
        if (!numbers.find()) {
            return false;
        }
        int series = Integer.parseInt(numbers.group(1)) * 100 + Integer.parseInt(numbers.group(2));
        return series > 506 || (series == 506 && Integer.parseInt(numbers.group(3)) >= 1);
    }

    /**
     * What shows that the event is damaged. The algorithm decides how everything behind is read, so the event must agree
     * with itself even where it has no checksum to keep; senders do not renew the checksum when the algorithm is none.
     */
    static Optional<String> flaw(byte[] event) {
        if (event.length <= OWN_LENGTH_AT || LittleEndian.unsigned(event, EventHeader.BYTES, 2) != 4) {
            return Optional.of("no format description of binary log version 4");
        }
        FormatDescription format = parse(event);
        int behindTable = event.length - EventHeader.BYTES - (event[OWN_LENGTH_AT] & 0xff);
        boolean knows = knowsChecksums(format.serverVersion);
        if (behindTable != (knows ? CHECKSUM_BYTES + 1 : 0)) {
            return Optional.of("the format description contradicts itself: the file is damaged here");
        }
        if (!knows) {
            return Optional.empty();
        }
        int algorithm = event[event.length - CHECKSUM_BYTES - 1] & 0xff;
        if (algorithm > CRC32_CHECKSUMS) {
            return Optional.of("the format description asks for the unknown checksum algorithm " + algorithm);
        }
        boolean damaged = algorithm == NO_CHECKSUMS ? sumHolds(event, CRC32_CHECKSUMS) : !sumHolds(event, algorithm);
        return damaged
                ? Optional.of("the checksum of the format description is wrong: the file is damaged here")
                : Optional.empty();
    }

    /** Whether the checksum is right, supposed that the event said this algorithm; it never covers the in-use flag. */
    private static boolean sumHolds(byte[] event, int algorithm) {
        byte[] covered = Arrays.copyOf(event, event.length - CHECKSUM_BYTES);
        covered[covered.length - 1] = (byte) algorithm;
        covered[FLAGS_AT] &= ~EventHeader.IN_USE;
        CRC32 crc = new CRC32();
        crc.update(covered);
        return crc.getValue() == LittleEndian.unsigned(event, covered.length, CHECKSUM_BYTES);
    }

    /** Whether a server of this version writes events of this type. */
    boolean knows(int type) {
        return type > 0 && type <= tableEnd() - LENGTHS_AT;
    }

    /** The table of lengths is the end of the event's own fixed part. */
    private int tableEnd() {
        return EventHeader.BYTES + (event[OWN_LENGTH_AT] & 0xff);
    }

    /** Whether events behind one can be read by the other: only the server's start, place and flags may differ. */
    public boolean isAlike(FormatDescription other) {
        return checksums == other.checksums && serverVersion.equals(other.serverVersion);
    }

    /** The same as a source writes it into a file that it did not begin at its start: nothing is rolled back at it. */
    public FormatDescription withoutStart() {
        byte[] bytes = event.clone();
        LittleEndian.put(bytes, CREATED_AT, 4, 0);
        bytes[FLAGS_AT] &= ~EventHeader.IN_USE;
        if (knowsChecksums(serverVersion)) {
            int end = bytes.length - CHECKSUM_BYTES;
            CRC32 sum = new CRC32();
            sum.update(bytes, 0, end);
            LittleEndian.put(bytes, end, CHECKSUM_BYTES, sum.getValue());
        }
        return new FormatDescription(bytes, serverVersion, checksums);
    }

    public boolean isMariadb() {
        return serverVersion.contains("MariaDB");
    }

    /** Seconds since 1970 of the server's start if the file is its first after that, else 0. */
    public long created() {
        return LittleEndian.unsigned(event, CREATED_AT, 4);
    }

    /** Bytes behind the body of each event: 4 with checksums, 0 without. */
    public int trailer() {
        return checksums ? CHECKSUM_BYTES : 0;
    }

    /** Length of the fixed part behind the header of an event of this type; 0 for a type the server does not know. */
    public int postHeader(int type) {
        int at = LENGTHS_AT + type - 1;
        return type > 0 && at < Math.min(tableEnd(), event.length) ? event[at] & 0xff : 0;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof FormatDescription other && Arrays.equals(event, other.event);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(event);
    }

    @Override
    public String toString() {
        return serverVersion + (checksums ? ", CRC32" : ", no checksums");
    }
}
