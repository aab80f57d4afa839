package io.mha4j.archive;

import io.mha4j.binlog.Damage;
import io.mha4j.binlog.Event;
import io.mha4j.binlog.EventScanner;
import io.mha4j.binlog.Gtids;
import io.mha4j.binlog.TransactionReader;
import io.mha4j.remote.ByteSink;
import java.io.IOException;
import java.util.Optional;

/** Copies the events of one of the source's files into a piece, and tells apart what is whole. */
final class SourceCopy implements ByteSink {
    private final PieceWriter piece;
    private final EventScanner scanner;
    private final TransactionReader transactions = new TransactionReader();
    private long received;
    private long kept;
    private long events;
    private long keptEvents;
    private long keptTransactions;
    private Optional<Damage> unreadable = Optional.empty();

    /** Takes the bytes of the file from where the piece ends. */
    SourceCopy(PieceWriter piece) {
        this.piece = piece;
        received = piece.end();
        kept = received;
        scanner = EventScanner.within(received, piece.format(), this::event);
    }

    @Override
    public void accept(byte[] bytes, int from, int length) throws IOException {
        long before = received;
        scanner.accept(bytes, from, length);
        received += length;
        int at = from;
        if (transactions.endOfLastWhole() > kept) {
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
        kept = transactions.endOfLastWhole();
        piece.keep(kept, events - openEvents() - keptEvents, transactions.whole() - keptTransactions);
        keptEvents = events - openEvents();
        keptTransactions = transactions.whole();
    }

    private void event(Event event) {
        if (unreadable.isPresent()) {
            return;
        }
        try {
            transactions.accept(event);
            events++;
        } catch (IllegalArgumentException e) {
            unreadable = Optional.of(new Damage(event.offset(), String.valueOf(e.getMessage())));
        }
    }

    /** Offset behind the last byte that came. */
    long received() {
        return received;
    }

    /** What makes the rest of the file unreadable. */
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
     * @param file the source's file
     * @param size bytes that the file has
     */
    Cut cut(String file, long size) {
        Optional<Damage> damage = damage();
        long endOfEvents = damage.map(Damage::offset).orElse(scanner.offset());
        long open = transactions.open() ? endOfEvents - Math.max(kept, Piece.FIRST_EVENT) : 0;
        return new Cut(
                openEvents(),
                open,
                damage.isPresent() ? 0 : scanner.torn(),
                damage.map(d -> new Cut.Damaged(file, d.offset(), size - d.offset(), d.why())));
    }

    private long openEvents() {
        return transactions.open() ? transactions.openEvents() : 0;
    }
}
