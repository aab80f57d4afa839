package io.mha4j.archive;

import io.mha4j.binlog.FormatDescription;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Writes one piece. Bytes are appended as they come; {@link #keep} says that all so far are whole transactions, and what
 * was never kept is cut off at the end.
 */
final class PieceWriter implements AutoCloseable {
    private static final byte[] MAGIC = {(byte) 0xfe, 'b', 'i', 'n'};

    private final Path file;
    private final String sourceFile;
    private final long start;
    private final FormatDescription format;
    private final FileChannel channel;
    private MessageDigest running;
    private MessageDigest kept;
    private long keptBytes;
    private long end;
    private long events;
    private long transactions;

    /** Creates the file, with magic number and format description. */
    PieceWriter(Path file, String sourceFile, long start, FormatDescription format) throws IOException {
        this.file = file;
        this.sourceFile = sourceFile;
        this.start = start;
        this.format = format;
        channel = PrivateFile.create(file);
        running = sha256();
        kept = running;
        append(MAGIC, 0, MAGIC.length);
        append(format.event(), 0, format.event().length);
        keep(start == Piece.FIRST_EVENT ? MAGIC.length + format.event().length : start, 0, 0);
    }

    void append(byte[] bytes, int from, int length) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes, from, length);
        while (left.hasRemaining()) {
            channel.write(left);
        }
        running.update(bytes, from, length);
    }

    /**
     * Everything appended so far stays.
     *
     * @param sourceEnd       offset in the source's file behind it
     * @param newEvents       events since the last call
     * @param newTransactions transactions since the last call
     */
    void keep(long sourceEnd, long newEvents, long newTransactions) throws IOException {
        kept = copy(running);
        keptBytes = channel.position();
        end = sourceEnd;
        events += newEvents;
        transactions += newTransactions;
    }

    /** Appends all events of another piece, which begins where this one did, and keeps them. */
    void copy(Piece other) throws IOException {
        OutputStream appended = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                append(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                append(bytes, from, length);
            }
        };
        try (PieceReader reader = new PieceReader(other.file())) {
            reader.copy(other.firstEvent(), other.bytes() - other.firstEvent(), appended);
        }
        keep(other.end(), other.events(), other.transactions());
    }

    /** Forgets what was appended after the last {@link #keep}. */
    void dropRest() throws IOException {
        channel.truncate(keptBytes);
        channel.position(keptBytes);
        running = copy(kept);
    }

    /** Whether events of this file and form, from this offset on, may be appended. */
    boolean continues(String nextFile, long nextStart, FormatDescription nextFormat) {
        return sourceFile.equals(nextFile)
                && end == nextStart
                && format.checksums() == nextFormat.checksums()
                && format.serverVersion().equals(nextFormat.serverVersion());
    }

    /** Bytes that are kept so far. */
    long written() {
        return keptBytes;
    }

    Path file() {
        return file;
    }

    long transactions() {
        return transactions;
    }

    FormatDescription format() {
        return format;
    }

    String sourceFile() {
        return sourceFile;
    }

    long end() {
        return end;
    }

    /** Whether it holds nothing that an archive needs: no event, and not the beginning of a file either. */
    boolean isVoid() {
        return events == 0 && start != Piece.FIRST_EVENT;
    }

    /** Puts it on disk for good. */
    Piece finish() throws IOException {
        dropRest();
        channel.force(true);
        channel.close();
        String digest = HexFormat.of().formatHex(copy(kept).digest());
        return new Piece(file, sourceFile, start, end, format, keptBytes, events, transactions, digest);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    private static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 of this JVM cannot be copied", e);
        }
    }
}
