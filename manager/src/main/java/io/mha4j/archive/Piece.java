package io.mha4j.archive;

import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.FormatDescription;
import java.nio.file.Path;

/**
 * A part of an archive: a binary log file with whole transactions of one file of the source. It holds the magic number,
 * the source's format description and then events byte by byte as the source wrote them. A piece that starts at offset 4
 * and came from the source's own file is the beginning of that file, byte by byte.
 *
 * @param file         where it lies
 * @param sourceFile   the source's binary log that it comes from
 * @param start        where it begins there; 4: at its beginning
 * @param end          offset there behind the last event
 * @param format       what the events' form is
 * @param bytes        size of {@code file}
 * @param events       how many events it holds, the format description not counted
 * @param transactions how many whole transactions
 * @param sha256       digest of {@code file}, in hexadecimal
 */
public record Piece(
        Path file,
        String sourceFile,
        long start,
        long end,
        FormatDescription format,
        long bytes,
        long events,
        long transactions,
        String sha256) {

    /** Offset of a binary log's first event. */
    public static final long FIRST_EVENT = 4;

    public Piece {
        if (start < FIRST_EVENT || end < start) {
            throw new IllegalArgumentException(
                    "a piece of " + sourceFile + " cannot reach from " + start + " to " + end);
        }
    }

    public BinlogPosition startPosition() {
        return new BinlogPosition(sourceFile, start);
    }

    public BinlogPosition endPosition() {
        return new BinlogPosition(sourceFile, end);
    }

    /** Offset in {@link #file} of the first event behind the format description. */
    public long firstEvent() {
        return FIRST_EVENT + format.event().length;
    }

    /** Whether no byte of the source's file between {@link #start} and {@link #end} is missing. */
    public boolean isContiguous() {
        return bytes - (start == FIRST_EVENT ? FIRST_EVENT : firstEvent()) == end - start;
    }

    /** Whether {@code place} is in the part of the source's file that this is a copy of, its end included. */
    boolean contains(BinlogPosition place) {
        return sourceFile.equals(place.file()) && start <= place.offset() && place.offset() <= end;
    }
}
