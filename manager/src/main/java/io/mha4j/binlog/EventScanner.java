package io.mha4j.binlog;

import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Finds the events in a stream of bytes and verifies each before it tells of it. Bytes come in pieces of any size; of
 * an event that is spread over several pieces only the head and a running checksum are kept.
 *
 * <p>Whether events end with a checksum follows the most recent format description in the stream, as servers do it: a
 * relay log may change its mind in the middle. Not for several threads.
 */
public final class EventScanner {
    private static final byte[] MAGIC = {(byte) 0xfe, 'b', 'i', 'n'};
    private static final byte[] ENCRYPTED_MAGIC = {(byte) 0xfd, 'b', 'i', 'n'};

    private final EventSink sink;
    private final byte[] start = new byte[EventHeader.BYTES];
    private final CRC32 crc = new CRC32();

    private long offset;
    private boolean inMagic;
    private int started;
    private @Nullable FormatDescription format;
    private @Nullable EventHeader header;
    private byte[] head = {};
    private long headBytes;
    private long taken;
    private int storedCrc;
    private @Nullable Damage damage;

    private EventScanner(long offset, @Nullable FormatDescription format, EventSink sink) {
        this.offset = offset;
        this.format = format;
        this.sink = sink;
        inMagic = format == null;
    }

    /** Reads a file from its first byte on, the magic number included. */
    public static EventScanner fromStart(EventSink sink) {
        return new EventScanner(0, null, sink);
    }

    /**
     * Reads a part of a file.
     *
     * @param offset where in the file the first byte stands; an event must begin there
     * @param format the format description in force there
     */
    public static EventScanner within(long offset, FormatDescription format, EventSink sink) {
        return new EventScanner(offset, format, sink);
    }

    /** Takes the next {@code length} bytes of the stream; after a damage they are ignored. */
    public void accept(byte[] bytes, int from, int length) {
        int at = from;
        int end = from + length;
        while (at < end && damage == null) {
            if (inMagic) {
                at += magic(bytes, at, end - at);
            } else if (header != null) {
                at += body(header, bytes, at, end - at);
            } else if (started == 0 && end - at >= EventHeader.BYTES) {
                begin(EventHeader.parse(bytes, at));
            } else {
                at += splitHeader(bytes, at, end - at);
            }
        }
    }

    /** What stopped the scan before the end of the bytes; empty while all is well. */
    public Optional<Damage> damage() {
        return Optional.ofNullable(damage);
    }

    /** Offset behind the last whole event. */
    public long offset() {
        return offset;
    }

    /** Bytes of an unfinished event (or magic number) at the end; 0 after a damage. */
    public long torn() {
        return damage != null ? 0 : header != null ? taken : started;
    }

    /** The format description in force behind the last whole event; empty before the first. */
    public Optional<FormatDescription> format() {
        return Optional.ofNullable(format);
    }

    private int magic(byte[] bytes, int at, int length) {
        int n = keepStart(bytes, at, length, MAGIC.length);
        if (started == MAGIC.length) {
            byte[] seen = Arrays.copyOf(start, MAGIC.length);
            if (Arrays.equals(seen, MAGIC)) {
                inMagic = false;
                started = 0;
                offset = MAGIC.length;
            } else if (Arrays.equals(seen, ENCRYPTED_MAGIC)) {
                stop(
                        Damage.Kind.ENCRYPTED,
                        "the file is encrypted (binlog_encryption); only a running server with its keyring can read it:"
                                + " start one on the data directory and fetch the events from there");
            } else {
                stop(Damage.Kind.WRONG, "the file does not begin with the magic number of a binary log");
            }
        }
        return n;
    }

    private int splitHeader(byte[] bytes, int at, int length) {
        int n = keepStart(bytes, at, length, EventHeader.BYTES);
        if (started == EventHeader.BYTES) {
            EventHeader complete = EventHeader.parse(start, 0);
            begin(complete);
            started = 0;
            if (damage == null) {
                body(complete, start, 0, EventHeader.BYTES);
            }
        }
        return n;
    }

    private int keepStart(byte[] bytes, int at, int length, int wanted) {
        int n = Math.min(length, wanted - started);
        System.arraycopy(bytes, at, start, started, n);
        started += n;
        return n;
    }

    private void begin(EventHeader next) {
        String flaw = flaw(next, format);
        if (flaw != null) {
            stop(kind(next), flaw);
            return;
        }
        header = next;
        taken = 0;
        storedCrc = 0;
        crc.reset();
        headBytes = Heads.bytes(next);
        head = new byte[(int) Math.min(headBytes, Event.HEAD_LIMIT)];
    }

    private static Damage.Kind kind(EventHeader flawed) {
        if (isZeros(flawed)) {
            return Damage.Kind.ZEROS;
        }
        return flawed.type() == EventType.MARIADB_START_ENCRYPTION ? Damage.Kind.ENCRYPTED : Damage.Kind.WRONG;
    }

    private static boolean isZeros(EventHeader header) {
        return header.length() == 0 && header.type() == 0;
    }

    /** What makes it certain that no event begins here; null if one may. */
    private static @Nullable String flaw(EventHeader next, @Nullable FormatDescription format) {
        if (isZeros(next)) {
            return "zeros instead of an event, as a crash of the host leaves them behind";
        }
        if (next.length() < EventHeader.BYTES + (format == null ? 0 : format.trailer())
                || next.length() > EventHeader.LENGTH_LIMIT) {
            return "no event begins here: " + next.length() + " bytes are an impossible length";
        }
        if (next.type() == EventType.FORMAT_DESCRIPTION) {
            return next.length() > FormatDescription.LENGTH_LIMIT
                    ? "a format description cannot have " + next.length() + " bytes"
                    : null;
        }
        if (format == null) {
            return "the file does not begin with a format description but with " + EventType.name(next.type());
        }
        if (next.type() == EventType.MARIADB_START_ENCRYPTION) {
            return "the events behind here are encrypted (encrypt_binlog); only a running server with its keys can"
                    + " read them: start one on the data directory and fetch the events from there";
        }
        if (!format.checksums() && !format.knows(next.type()) && !next.has(EventHeader.IGNORABLE)) {
            return "no event begins here: type " + next.type() + " is unknown to " + format.serverVersion();
        }
        return null;
    }

    private int body(EventHeader of, byte[] bytes, int at, int length) {
        int n = (int) Math.min(length, of.length() - taken);
        keepHead(bytes, at, n);
        if (format != null && format.checksums()) {
            check(of, bytes, at, n);
        }
        taken += n;
        if (taken == of.length()) {
            finish(of);
        }
        return n;
    }

    private void keepHead(byte[] bytes, int at, int n) {
        if (taken < headBytes) {
            int kept = (int) Math.min(n, headBytes - taken);
            int fill = (int) taken;
            if (fill + kept > head.length) {
                head = Arrays.copyOf(head, (int) Math.min(headBytes, Math.max(fill + kept, 2L * head.length)));
            }
            System.arraycopy(bytes, at, head, fill, kept);
        }
    }

    private void check(EventHeader of, byte[] bytes, int at, int n) {
        long covered = of.length() - FormatDescription.CHECKSUM_BYTES;
        int summed = (int) Math.max(0, Math.min(n, covered - taken));
        crc.update(bytes, at, summed);
        for (int i = summed; i < n; i++) {
            storedCrc |= (bytes[at + i] & 0xff) << (8 * (int) (taken + i - covered));
        }
    }

    private void finish(EventHeader whole) {
        header = null;
        if (whole.type() == EventType.FORMAT_DESCRIPTION) {
            newFormat();
        } else if (format != null && format.checksums() && (int) crc.getValue() != storedCrc) {
            stop(
                    Damage.Kind.WRONG,
                    "the checksum of " + EventType.name(whole.type()) + " of " + whole.length()
                            + " bytes is wrong: the file is damaged here");
        }
        if (damage == null && format != null) {
            Event event = new Event(whole, offset, head, format);
            offset += whole.length();
            sink.event(event);
        }
    }

    private void newFormat() {
        Optional<String> flaw = FormatDescription.flaw(head);
        if (flaw.isPresent()) {
            stop(Damage.Kind.WRONG, flaw.get());
        } else {
            format = FormatDescription.parse(head);
        }
    }

    private void stop(Damage.Kind kind, String why) {
        damage = new Damage(kind, offset, why);
        header = null;
        started = 0;
    }
}
