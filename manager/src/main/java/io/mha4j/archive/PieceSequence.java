package io.mha4j.archive;

import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.EventHeader;
import io.mha4j.binlog.FormatDescription;
import io.mha4j.binlog.GtidSet;
import io.mha4j.binlog.Gtids;
import io.mha4j.binlog.MariadbGtids;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An archive while it grows: the pieces so far, the one being written, and what is known about them. */
final class PieceSequence {
    private final RescueSettings settings;
    private final BinlogPosition start;
    private final List<Piece> done = new ArrayList<>();
    private final List<String> origins = new ArrayList<>();
    private final List<Path> files = new ArrayList<>();
    private @Nullable PieceWriter current;
    private Optional<Gtids> gtids = Optional.empty();
    private Cut cut = Cut.NOTHING;
    private long serverId;
    private boolean reachedEnd;

    PieceSequence(RescueSettings settings, BinlogPosition start) {
        this.settings = settings;
        this.start = start;
    }

    /** Position behind the last whole transaction; where the next origin has to go on. */
    BinlogPosition end() {
        if (current != null && !current.isVoid()) {
            return new BinlogPosition(current.sourceFile(), current.end());
        }
        return done.isEmpty() ? start : done.get(done.size() - 1).endPosition();
    }

    /** Whole transactions so far. */
    long transactions() {
        long before = done.stream().mapToLong(Piece::transactions).sum();
        return before + (current == null ? 0 : current.transactions());
    }

    /** Where events of this file from this offset on are to be written; anything unfinished before is cut off. */
    PieceWriter at(String sourceFile, long offset, FormatDescription format) throws IOException {
        serverId = EventHeader.parse(format.event(), 0).serverId();
        if (current != null && current.continues(sourceFile, offset, format)) {
            current.dropRest();
            return current;
        }
        finishCurrent();
        Path file = settings.name().piece(done.size() + 1);
        files.add(file);
        PieceWriter fresh = new PieceWriter(file, sourceFile, offset, format);
        current = fresh;
        return fresh;
    }

    void addGtids(Optional<Gtids> more) {
        gtids = more.map(m -> gtids.map(g -> union(g, m)).orElse(m)).or(() -> gtids);
    }

    private static Gtids union(Gtids a, Gtids b) {
        if (a instanceof GtidSet mysql && b instanceof GtidSet more) {
            return mysql.union(more);
        }
        if (a instanceof MariadbGtids mariadb && b instanceof MariadbGtids more) {
            return mariadb.union(more).position();
        }
        throw new ArchiveException("GTIDs of MySQL and of MariaDB in one source's log: " + a + " and " + b);
    }

    /** A sentence about where bytes came from, or what was peculiar there. */
    void note(String sentence) {
        origins.add(sentence);
    }

    /** How the newest origin ended. */
    void ended(Cut what, boolean atItsEnd) {
        cut = what;
        reachedEnd = atItsEnd;
    }

    private void finishCurrent() throws IOException {
        if (current != null) {
            PieceWriter writer = current;
            current = null;
            if (writer.isVoid()) {
                writer.close();
                Files.delete(writer.file());
            } else {
                done.add(writer.finish());
            }
        }
    }

    /** Puts everything on disk, the description last. */
    Archive finish() throws IOException {
        finishCurrent();
        Archive archive = new Archive(
                settings.name().description(),
                settings.app(),
                settings.name().host(),
                settings.name().port(),
                serverId,
                start,
                done,
                gtids,
                cut,
                reachedEnd,
                origins,
                settings.takenAt());
        PrivateFile.replace(archive.description(), DescriptionFile.text(archive));
        return archive;
    }

    /** Removes every file written so far. */
    void discard() throws IOException {
        if (current != null) {
            current.close();
            current = null;
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
