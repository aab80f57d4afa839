package io.mha4j.lab.probe;

import io.mha4j.binlog.Event;
import io.mha4j.binlog.EventHeader;
import io.mha4j.binlog.EventScanner;
import io.mha4j.binlog.EventType;
import io.mha4j.binlog.FormatDescription;
import io.mha4j.binlog.LittleEndian;
import io.mha4j.lab.base.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;

/** What was saved of a dead source's log, in other forms that a source, its replicas or an operator may leave. */
final class SavedTail {
    private static final Set<Integer> HEAD =
            Set.of(EventType.FORMAT_DESCRIPTION, EventType.ROTATE, EventType.PREVIOUS_GTIDS);

    private static final Set<Integer> MARKS =
            Set.of(EventType.GTID, EventType.ANONYMOUS_GTID, EventType.GTID_TAGGED, EventType.MARIADB_GTID);

    private static final int CREATED_AT = EventHeader.BYTES + 52;

    private static final int FLAGS_AT = 17;

    private final Path file;
    private final byte[] bytes;
    private final List<Event> events = new ArrayList<>();
    /** Where the head ends. */
    private final int head;
    /** A place inside the last transaction. */
    private final int middle;

    /** @param file ends with a transaction of rows */
    SavedTail(Path file) {
        this.file = file;
        bytes = read(file);
        EventScanner.fromStart(events::add).accept(bytes, 0, bytes.length);
        head = (int) events.stream()
                .filter(e -> !HEAD.contains(e.type()))
                .findFirst()
                .orElseThrow()
                .offset();
        middle = (int) events.stream()
                .filter(e -> e.type() == EventType.TABLE_MAP)
                .reduce((a, b) -> b)
                .orElseThrow()
                .offset();
    }

    /** Both files as if the replica that is ahead had received the last transaction's beginning too. */
    String cut(Path diff) {
        Path longer = file.resolveSibling("relay_into_last.binlog");
        Path rest = file.resolveSibling("rest_of_last.binlog");
        write(longer, read(diff), Arrays.copyOfRange(bytes, head, middle));
        write(rest, Arrays.copyOf(bytes, head), Arrays.copyOfRange(bytes, middle, bytes.length));
        return longer + "," + rest;
    }

    /** A transaction that nothing ends, and another behind it. */
    String unended() {
        Path begun = file.resolveSibling("begun.binlog");
        write(begun, Arrays.copyOf(bytes, head), begun());
        return begun + "," + file;
    }

    /** A transaction that the source left unfinished, for which it was started again then, and all else behind it. */
    String startedAgain() {
        Path all = file.resolveSibling("started_again.binlog");
        write(all, Arrays.copyOf(bytes, head), begun(), start(), Arrays.copyOfRange(bytes, head, bytes.length));
        return all.toString();
    }

    private byte[] begun() {
        return Arrays.copyOfRange(bytes, (int) beginning().offset(), middle);
    }

    private Event beginning() {
        List<Event> before = events.stream().filter(e -> e.offset() < middle).toList();
        return before.stream()
                .filter(e -> MARKS.contains(e.type()))
                .reduce((a, b) -> b)
                .or(() ->
                        before.stream().filter(e -> e.type() == EventType.QUERY).reduce((a, b) -> b))
                .orElseThrow();
    }

    /** The format description as a source that was just started writes it. */
    private byte[] start() {
        FormatDescription format = events.get(0).format();
        byte[] event = format.event().clone();
        LittleEndian.put(event, CREATED_AT, 4, 1_700_000_000L);
        event[FLAGS_AT] &= ~EventHeader.IN_USE;
        if (FormatDescription.knowsChecksums(format.serverVersion())) {
            int end = event.length - FormatDescription.CHECKSUM_BYTES;
            CRC32 sum = new CRC32();
            sum.update(event, 0, end);
            LittleEndian.put(event, end, FormatDescription.CHECKSUM_BYTES, sum.getValue());
        }
        return event;
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new LabException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Writes it anew. */
    static void write(Path file, byte[]... parts) {
        try {
            Files.createDirectories(file.resolveSibling(""));
            Files.write(file, new byte[0]);
            for (byte[] part : parts) {
                Files.write(file, part, StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            throw new LabException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
