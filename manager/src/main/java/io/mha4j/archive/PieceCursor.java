package io.mha4j.archive;

import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.EventHeader;
import io.mha4j.binlog.FormatDescription;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Walks the pieces of an archive, one open file at a time. */
final class PieceCursor implements EventCursor {
    private final Iterator<Piece> pieces;
    private Optional<Walk> walk = Optional.empty();

    PieceCursor(List<Piece> pieces) {
        this.pieces = pieces.iterator();
    }

    @Override
    public boolean advance() {
        while (true) {
            if (walk.isPresent() && walk.get().advance()) {
                return true;
            }
            if (!pieces.hasNext()) {
                return false;
            }
            close();
            walk = Optional.of(new Walk(pieces.next()));
        }
    }

    /**
     * Goes to a place in the first piece, before any call of {@link #advance}.
     *
     * @return whether an event begins or ends there; if not, the cursor is of no use any more
     */
    boolean seek(BinlogPosition place) {
        Walk first = new Walk(pieces.next());
        walk = Optional.of(first);
        return first.seek(place.offset());
    }

    @Override
    public EventHeader header() {
        return current().header();
    }

    @Override
    public FormatDescription format() {
        return current().piece.format();
    }

    @Override
    public String sourceFile() {
        return current().piece.sourceFile();
    }

    @Override
    public long start() {
        Walk now = current();
        now.header();
        return now.start;
    }

    @Override
    public long end() {
        return current().end;
    }

    @Override
    public byte[] head(int limit) {
        Walk now = current();
        return now.reader.bytes(now.offset, (int) Math.min(limit, now.header().length()));
    }

    @Override
    public byte[] bytes() {
        return head(Integer.MAX_VALUE);
    }

    @Override
    public long copyTo(OutputStream out) throws IOException {
        Walk now = current();
        now.reader.copy(now.offset, now.header().length(), out);
        return now.header().length();
    }

    private Walk current() {
        return walk.orElseThrow(PieceCursor::noEvent);
    }

    private static NoSuchElementException noEvent() {
        return new NoSuchElementException("no current event: advance() was not called or answered false");
    }

    @Override
    public void close() {
        walk.ifPresent(w -> w.reader.close());
        walk = Optional.empty();
    }

    /** One piece. */
    private static final class Walk {
        private final Piece piece;
        private final PieceReader reader;
        private final boolean contiguous;
        private Optional<EventHeader> header = Optional.empty();
        private long offset;
        private long next;
        private long start;
        private long end;
        private long sureEnd;

        Walk(Piece piece) {
            this.piece = piece;
            reader = new PieceReader(piece.file());
            contiguous = piece.isContiguous();
            next = piece.firstEvent();
            end = piece.start() == Piece.FIRST_EVENT ? piece.firstEvent() : piece.start();
            sureEnd = end;
        }

        boolean advance() {
            if (next >= piece.bytes()) {
                header = Optional.empty();
                return false;
            }
            offset = next;
            EventHeader read = reader.header(offset);
            header = Optional.of(read);
            next = offset + read.length();
            start = startOf(read);
            end = behind(read);
            sureEnd = contiguous || read.end() != 0 ? end : sureEnd;
            return true;
        }

        /** Where the source left events out that no replica gets, any offset between is the same place. */
        boolean seek(long sourceOffset) {
            boolean found = sourceOffset == piece.start();
            while (!found && sourceOffset >= sureEnd) {
                found = end == sureEnd && sourceOffset <= nextStart();
                if (!found && !advance()) {
                    break;
                }
            }
            header = Optional.empty();
            return found;
        }

        private long nextStart() {
            if (next >= piece.bytes()) {
                return end;
            }
            return startOf(reader.header(next));
        }

        /** A replica of MariaDB unpacks events, which are then longer than they were, and may not say where they ended. */
        private long startOf(EventHeader event) {
            return contiguous ? end : Math.max(sureEnd, behind(event) - event.length());
        }

        private long behind(EventHeader event) {
            return contiguous ? end + event.length() : event.endBehind(end);
        }

        EventHeader header() {
            return header.orElseThrow(PieceCursor::noEvent);
        }
    }
}
