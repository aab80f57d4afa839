package io.mha4j.binlog;

import java.util.Optional;

/**
 * A stretch of a source's binary log that stands in one piece in a replica's relay log.
 *
 * @param sourceFile the source's binary log
 * @param start      offset there of the first event
 * @param end        offset there behind the last event
 * @param relayFile  the replica's relay log
 * @param relayStart offset there of the first event
 * @param relayEnd   offset there behind the last event
 * @param format     the source's format description in force; its creation time and position may have been blanked by a
 *                   sender
 * @param fromHead   whether nothing but the head of the source's file stands before {@code start} there: its format
 *                   description, and what it had written before
 * @param nextFile   what the source wrote next, if the run ends with the end of the source's file
 */
public record RelayRun(
        String sourceFile,
        long start,
        long end,
        String relayFile,
        long relayStart,
        long relayEnd,
        FormatDescription format,
        boolean fromHead,
        Optional<String> nextFile) {
    private static final long FIRST_EVENT = 4;

    public RelayRun {
        if (start < FIRST_EVENT || end < start || relayStart < FIRST_EVENT || relayEnd < relayStart) {
            throw new IllegalArgumentException("a run of %s cannot reach from %d to %d at %d to %d"
                    .formatted(sourceFile, start, end, relayStart, relayEnd));
        }
    }

    /**
     * Whether the relay log has the source's bytes. MariaDB's replicas unpack compressed events; such a stretch is a run
     * of its own, holds whole events, and positions inside of it mean nothing.
     */
    public boolean isExact() {
        return relayEnd - relayStart == end - start;
    }

    /** What follows the run. */
    BinlogPosition next() {
        return nextFile.map(file -> new BinlogPosition(file, FIRST_EVENT))
                .orElseGet(() -> new BinlogPosition(sourceFile, end));
    }

    /** Whether the run tells what the source wrote right behind {@code place}. */
    boolean continues(BinlogPosition place) {
        if (!sourceFile.equals(place.file()) || place.offset() >= end) {
            return false;
        }
        return place.offset() >= start ? isExact() || place.offset() == start : fromHead;
    }

    /** The part from this offset of the source's file on. */
    RelayRun from(long offset) {
        long skipped = Math.max(0, offset - start);
        return new RelayRun(
                sourceFile,
                start + skipped,
                end,
                relayFile,
                relayStart + skipped,
                relayEnd,
                format,
                fromHead && skipped == 0,
                nextFile);
    }

    RelayRun of(String file) {
        return new RelayRun(file, start, end, relayFile, relayStart, relayEnd, format, fromHead, nextFile);
    }

    @Override
    public String toString() {
        return "%s:%d..%d at %s:%d..%d%s%s"
                .formatted(
                        sourceFile,
                        start,
                        end,
                        relayFile,
                        relayStart,
                        relayEnd,
                        isExact() ? "" : " unpacked",
                        nextFile.map(f -> ", then " + f).orElse(""));
    }
}
