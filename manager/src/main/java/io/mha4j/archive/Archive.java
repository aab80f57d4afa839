package io.mha4j.archive;

import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.Gtids;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Whole transactions of a source, in the order in which it wrote them, on this machine's disk.
 *
 * @param description the file that describes it; its pieces lie beside it
 * @param app         the application whose source it was
 * @param host        the source as the configuration calls it
 * @param port        its port
 * @param serverId    its server id
 * @param start       where it begins, in the source's coordinates
 * @param pieces      in order; none when there was nothing behind {@code start}
 * @param gtids       of the transactions in it; nothing when they have none
 * @param cut         what was found behind its end and left out
 * @param reachedEnd  whether everything readable behind {@code start} was read: nothing damaged stopped it, and the last
 *                    file had stopped growing
 * @param origins     where the bytes came from, one sentence each, and what was peculiar there
 * @param takenAt     when it was taken
 */
public record Archive(
        Path description,
        String app,
        String host,
        int port,
        long serverId,
        BinlogPosition start,
        List<Piece> pieces,
        Optional<Gtids> gtids,
        Cut cut,
        boolean reachedEnd,
        List<String> origins,
        Instant takenAt) {

    public Archive {
        pieces = List.copyOf(pieces);
        origins = List.copyOf(origins);
    }

    /**
     * Reads the archive that a description describes. The sizes of the pieces are compared, not their digests.
     *
     * @throws ArchiveException if it is not there, incomplete or written by a newer version
     */
    public static Archive read(Path description) {
        return new DescriptionFile(description).read();
    }

    /** Position behind its last event: where a replica stands that has everything in it. */
    public BinlogPosition end() {
        return pieces.isEmpty() ? start : pieces.get(pieces.size() - 1).endPosition();
    }

    /** Behind the last whole event that was read, though it be of a transaction that has no end and is not in it. */
    public BinlogPosition readTo() {
        return new BinlogPosition(end().file(), end().offset() + cut.openBytes());
    }

    public boolean isEmpty() {
        return pieces.isEmpty();
    }

    /** Bytes of all pieces. */
    public long bytes() {
        return sum(Piece::bytes);
    }

    public long events() {
        return sum(Piece::events);
    }

    public long transactions() {
        return sum(Piece::transactions);
    }

    private long sum(ToLongFunction<Piece> what) {
        return pieces.stream().mapToLong(what).sum();
    }

    /** Its description as JSON, as it lies on disk. */
    public String toJson() {
        return DescriptionFile.text(this);
    }

    /**
     * Reads all of it again from disk.
     *
     * @return what is not as the description says, one sentence each; nothing if all is well
     */
    public List<String> verify() {
        return Verification.problems(this);
    }

    /**
     * What was noted on disk beside it while it was given to somebody; nothing if that was not, or is crossed out.
     *
     * @param about what it is about: letters, digits, dots and the like
     */
    public Optional<String> note(String about) {
        return ArchiveStore.NoteFile.of(description, about).text();
    }

    /** Notes that, in place of what was noted about it; it is on disk when this returns. */
    public void note(String about, String text) {
        ArchiveStore.NoteFile.of(description, about).write(text);
    }

    /** It is over; that is on disk when this returns. */
    public void crossOut(String about) {
        ArchiveStore.NoteFile.of(description, about).crossOut();
    }

    /** Stands before the first event. */
    public EventCursor cursor() {
        return new PieceCursor(pieces);
    }

    /**
     * Stands before the event that begins at {@code from}. The end of one of the source's files and the beginning of the
     * next are the same place; where the archive begins with the end of one, its first event is of the next.
     *
     * @throws ArchiveException if {@code from} is not in this archive, or in the middle of an event
     */
    public EventCursor cursor(BinlogPosition from) {
        if (from.equals(start) && pieces.stream().limit(1).noneMatch(first -> first.contains(from))) {
            return cursor();
        }
        int piece = pieceOf(from);
        PieceCursor cursor = new PieceCursor(pieces.subList(piece, pieces.size()));
        if (piece < pieces.size() && !cursor.seek(from)) {
            cursor.close();
            throw new ArchiveException(
                    from + " is in the middle of an event of " + description + "; name the end of an event");
        }
        return cursor;
    }

    /** The piece in which the event at {@code from} is or would be; their number for the very end. */
    private int pieceOf(BinlogPosition from) {
        for (int i = 0; i < pieces.size(); i++) {
            if (pieces.get(i).contains(from)) {
                return i;
            }
        }
        if (from.equals(end())) {
            return pieces.size();
        }
        throw new ArchiveException(
                from + " is not in " + description + ", which reaches from " + start + " to " + end());
    }
}
