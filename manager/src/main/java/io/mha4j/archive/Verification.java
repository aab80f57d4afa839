package io.mha4j.archive;

import io.mha4j.binlog.Event;
import io.mha4j.binlog.EventScanner;
import io.mha4j.binlog.EventType;
import io.mha4j.binlog.TransactionReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Reads an archive again from disk and compares it with its description. */
final class Verification {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Piece piece;
    private final List<String> problems = new ArrayList<>();
    private final TransactionReader transactions = new TransactionReader();
    private final MessageDigest digest = PieceWriter.sha256();
    private long events;

    private Verification(Piece piece) {
        this.piece = piece;
    }

    /** What is wrong, one sentence each; nothing if the archive is what it says. */
    static List<String> problems(Archive archive) {
        List<String> all = new ArrayList<>();
        for (Piece piece : archive.pieces()) {
            all.addAll(new Verification(piece).problems());
        }
        return all;
    }

    private List<String> problems() {
        EventScanner scanner = EventScanner.fromStart(this::event);
        try (FileChannel channel = FileChannel.open(piece.file(), StandardOpenOption.READ)) {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
            while (channel.read(buffer.clear()) >= 0) {
                digest.update(buffer.array(), 0, buffer.position());
                scanner.accept(buffer.array(), 0, buffer.position());
            }
        } catch (IOException e) {
            problem("cannot be read: " + IoFailure.text(e));
            return problems;
        }
        scanner.damage().ifPresent(d -> problem(d.toString()));
        if (scanner.torn() > 0) {
            problem("ends in the middle of an event");
        }
        if (transactions.open()) {
            problem("ends in the middle of a transaction");
        }
        compare("events", piece.events(), events);
        compare("transactions", piece.transactions(), transactions.whole());
        if (!HexFormat.of().formatHex(digest.digest()).equals(piece.sha256())) {
            problem("its SHA-256 is not the one in the description");
        }
        return problems;
    }

    private void event(Event event) {
        if (event.type() != EventType.FORMAT_DESCRIPTION) {
            events++;
        }
        try {
            transactions.accept(event);
        } catch (IllegalArgumentException e) {
            problem("offset " + event.offset() + ": " + e.getMessage());
        }
    }

    private void compare(String what, long described, long found) {
        if (described != found) {
            problem("holds " + found + " " + what + " instead of " + described);
        }
    }

    private void problem(String what) {
        problems.add(piece.file() + ": " + what);
    }
}
