package io.mha4j.execution.level;

import io.mha4j.archive.Archive;
import io.mha4j.archive.ArchiveException;
import io.mha4j.archive.Piece;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.EventScanner;
import io.mha4j.binlog.TransactionReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;

/** Finds the end of the last transaction of an archive; behind it may stand rotations and lists, which no replica shows. */
public final class ArchiveEnd {
    private static final int CHUNK_BYTES = 1 << 18;

    private final TransactionReader transactions = new TransactionReader();
    private long end;

    private ArchiveEnd() {}

    /**
     * Position behind an archive's last transaction, its start if it has none: a replica that stands there or behind it
     * lacks nothing. Reads the last piece that holds transactions.
     *
     * @throws ArchiveException if that cannot be read
     */
    public static BinlogPosition of(Archive archive) {
        List<Piece> pieces = archive.pieces();
        for (int i = pieces.size() - 1; i >= 0; i--) {
            Piece piece = pieces.get(i);
            if (piece.transactions() > 0) {
                long behind = piece.bytes() - new ArchiveEnd().offsetIn(piece);
                return new BinlogPosition(piece.sourceFile(), piece.end() - behind);
            }
        }
        return archive.start();
    }

    private long offsetIn(Piece piece) {
        EventScanner scanner = EventScanner.fromStart(event -> {
            long before = transactions.whole();
            transactions.accept(event);
            if (transactions.whole() > before) {
                end = event.endOffset();
            }
        });
        byte[] chunk = new byte[CHUNK_BYTES];
        try (InputStream in = Files.newInputStream(piece.file())) {
            for (int n = in.read(chunk); n > 0; n = in.read(chunk)) {
                scanner.accept(chunk, 0, n);
            }
        } catch (IOException e) {
            throw new ArchiveException(piece.file() + " cannot be read: " + e.getMessage() + "; check the disk", e);
        }
        return end;
    }
}
