package io.mha4j.lab.probe;

import io.mha4j.archive.Archive;
import io.mha4j.archive.Cut;
import io.mha4j.archive.Piece;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.Event;
import io.mha4j.binlog.EventScanner;
import io.mha4j.binlog.FormatDescription;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An archive of binary logs that nobody writes any more, made by plain copying: a check of the feed alone. */
final class HandArchive {
    private static final byte[] MAGIC = {(byte) 0xfe, 'b', 'i', 'n'};

    private HandArchive() {}

    /** Everything in {@code logs} behind {@code from}, which must be a boundary between events. */
    static Archive of(Path logs, BinlogPosition from, Path into, long serverId) {
        List<Piece> pieces = new ArrayList<>();
        for (Path log : filesOf(logs, from)) {
            piece(log, from, into.resolve("piece" + pieces.size() + ".binlog")).ifPresent(pieces::add);
        }
        return new Archive(
                into.resolve("archive.json"),
                "lab",
                "source",
                3306,
                serverId,
                from,
                pieces,
                Optional.empty(),
                Cut.NOTHING,
                true,
                List.of("copied from " + logs),
                Instant.EPOCH);
    }

    private static List<Path> filesOf(Path logs, BinlogPosition from) {
        try (Stream<Path> all = Files.list(logs)) {
            return all.filter(f -> f.getFileName().toString().matches("mysql-bin\\.\\d+"))
                    .filter(f -> f.getFileName().toString().compareTo(from.file()) >= 0)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Piece> piece(Path log, BinlogPosition from, Path into) {
        try {
            byte[] bytes = Files.readAllBytes(log);
            List<Event> events = new ArrayList<>();
            EventScanner scanner = EventScanner.fromStart(events::add);
            scanner.accept(bytes, 0, bytes.length);
            FormatDescription format = events.get(0).format();
            String name = log.getFileName().toString();
            long start = name.equals(from.file()) ? from.offset() : Piece.FIRST_EVENT;
            int copyFrom = (int) Math.max(start, Piece.FIRST_EVENT + format.event().length);
            int end = (int) scanner.offset();
            if (copyFrom >= end) {
                return Optional.empty();
            }
            ByteArrayOutputStream copy = new ByteArrayOutputStream();
            copy.writeBytes(MAGIC);
            copy.writeBytes(format.event());
            copy.write(bytes, copyFrom, end - copyFrom);
            Files.write(into, copy.toByteArray());
            long count = events.stream().filter(e -> e.offset() >= copyFrom).count();
            return Optional.of(new Piece(into, name, start, end, format, copy.size(), count, 0, ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
