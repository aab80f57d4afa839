package io.mha4j.archive;

import io.mha4j.archive.place.Fetch;
import io.mha4j.binlog.Damage;
import io.mha4j.binlog.Event;
import io.mha4j.binlog.EventScanner;
import io.mha4j.binlog.Gtids;
import io.mha4j.binlog.TransactionReader;
import io.mha4j.remote.ByteSink;
import java.io.IOException;
import java.util.Optional;

/**
 * Copies events into a piece and tells apart what is whole. The bytes come from one place of one file, or from several
 * places one after the other if transactions go on from one to the next.
 */
final class EventCopy implements ByteSink {
    private final PieceWriter piece;
    private final TransactionReader transactions = new TransactionReader();
    private EventScanner scanner;
    private boolean fromRelayLog;
    private long readFrom;
    private long received;
    private long inPiece;
    private long sourceEnd;
    private long keptSourceEnd;
    private long keptInPiece;
    private long events;
    private long keptEvents;
    private long keptTransactions;
    private Optional<Damage> unreadable = Optional.empty();

    /** Takes what follows the piece's end in the source's file, from the source's file itself. */
    EventCopy(PieceWriter piece) {
        this.piece = piece;
        sourceEnd = piece.end();
        keptSourceEnd = sourceEnd;
        readFrom = sourceEnd;
        received = sourceEnd;
        inPiece = piece.written();
        keptInPiece = inPiece;
        scanner = EventScanner.within(received, piece.format(), this::event);
    }

    /** The bytes that follow come from this offset of a relay log, where an event of the source begins. */
    void goOnFrom(long offset) {
        fromRelayLog = true;
        scanner = EventScanner.within(offset, piece.format(), this::event);
        inPiece += received - readFrom;
        readFrom = offset;
        received = offset;
    }

    @Override
    public void accept(byte[] bytes, int from, int length) throws IOException {
        long before = inPiece + received - readFrom;
        scanner.accept(bytes, from, length);
        received += length;
        int at = from;
        if (transactions.endOfLastWhole() > keptInPiece) {
            int whole = (int) (transactions.endOfLastWhole() - before);
            piece.append(bytes, from, whole);
            keep();
            at += whole;
        }
        if (damage().isPresent()) {
            throw new Fetch.Enough();
        }
        piece.append(bytes, at, from + length - at);
    }

    private void keep() throws IOException {
        keptInPiece = transactions.endOfLastWhole();
        long wholeEvents = events - openEvents();
        piece.keep(keptSourceEnd, wholeEvents - keptEvents, transactions.whole() - keptTransactions);
        keptEvents = wholeEvents;
        keptTransactions = transactions.whole();
    }

    /** Counts in offsets of the piece, because those of relay logs begin anew with each. */
    private void event(Event event) {
        if (unreadable.isPresent()) {
            return;
        }
        Event copied = new Event(event.header(), inPiece + event.offset() - readFrom, event.head(), event.format());
        try {
            transactions.accept(copied);
        } catch (IllegalArgumentException e) {
            unreadable = Optional.of(new Damage(Damage.Kind.WRONG, event.offset(), String.valueOf(e.getMessage())));
            return;
        }
        events++;
        sourceEnd = fromRelayLog ? event.header().endBehind(sourceEnd) : event.endOffset();
        if (!transactions.open()) {
            keptSourceEnd = sourceEnd;
        }
    }

    /** Offset behind the last byte that came, in the file that it came from. */
    long received() {
        return received;
    }

    /** What makes the rest of the file unreadable; its offset is that in the file that was read. */
    Optional<Damage> damage() {
        return unreadable.or(scanner::damage);
    }

    long whole() {
        return transactions.whole();
    }

    Optional<Gtids> gtids() {
        return transactions.gtids();
    }

    Optional<TransactionReader.Incident> incident() {
        return transactions.incident();
    }

    /**
     * What came and is not whole.
     *
     * @param file what was read
     * @param size bytes that it has
     */
    Cut cut(String file, long size) {
        Optional<Damage> damage = damage();
        long endOfEvents = inPiece + damage.map(Damage::offset).orElse(scanner.offset()) - readFrom;
        return new Cut(
                openEvents(),
                transactions.open() ? endOfEvents - keptInPiece : 0,
                damage.isPresent() ? 0 : scanner.torn(),
                damage.map(d -> new Cut.Damaged(file, d.offset(), size - d.offset(), d.why())));
    }

    private long openEvents() {
        return transactions.open() ? transactions.openEvents() : 0;
    }
}
