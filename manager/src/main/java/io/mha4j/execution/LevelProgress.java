package io.mha4j.execution;

import io.mha4j.archive.Archive;
import io.mha4j.archive.Piece;
import io.mha4j.binlog.BinlogPosition;
import java.time.Duration;
import java.util.Optional;

/**
 * How far a replica is in what an archive holds. Positions count: between two of them transactions are taken to be of equal
 * size. For one thread.
 */
final class LevelProgress {
    private final Archive archive;
    private final Duration atFirst;
    private final long bytesAtFirst;

    /**
     * @param begin where the replica stood at first
     * @param now   time on any clock that only goes forward
     */
    LevelProgress(Archive archive, Optional<BinlogPosition> begin, Duration now) {
        this.archive = archive;
        this.atFirst = now;
        this.bytesAtFirst = begin.map(this::bytesBefore).orElse(0L);
    }

    /** One clause for people: bytes, transactions, and, once there is one, the rate and what that leaves. */
    String sentence(Optional<BinlogPosition> applied, Optional<BinlogPosition> read, Duration now) {
        long done = applied.map(this::bytesBefore).orElse(0L);
        long total = bytesBefore(archive.end());
        String text = "executed %d of %d KB, about %d of %d transactions, received %d KB"
                .formatted(
                        done / 1000,
                        total / 1000,
                        applied.map(this::transactionsBefore).orElse(0L),
                        archive.transactions(),
                        read.map(this::bytesBefore).orElse(done) / 1000);
        double seconds = now.minus(atFirst).toMillis() / 1000.0;
        double rate = seconds > 0 ? (done - bytesAtFirst) / seconds : 0;
        return rate >= 1
                ? "%s; %d KB/s, %.0f s left".formatted(text, Math.round(rate / 1000), (total - done) / rate)
                : text;
    }

    private long bytesBefore(BinlogPosition place) {
        long sum = 0;
        for (Piece piece : archive.pieces()) {
            sum += Math.round((piece.end() - piece.start()) * share(piece, place));
        }
        return sum;
    }

    private long transactionsBefore(BinlogPosition place) {
        double sum = 0;
        for (Piece piece : archive.pieces()) {
            sum += piece.transactions() * share(piece, place);
        }
        return Math.round(sum);
    }

    /** How much of a piece stands before a place, from 0 to 1. */
    private static double share(Piece piece, BinlogPosition place) {
        if (place.isAtOrAfter(piece.endPosition())) {
            return 1;
        }
        return place.isAtOrAfter(piece.startPosition())
                ? (double) (place.offset() - piece.start()) / (piece.end() - piece.start())
                : 0;
    }
}
