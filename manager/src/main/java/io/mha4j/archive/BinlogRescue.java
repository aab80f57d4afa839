package io.mha4j.archive;

import io.mha4j.archive.place.LogChoice;
import io.mha4j.archive.place.LogFiles;
import io.mha4j.base.Deadline;
import io.mha4j.binlog.BinlogPosition;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Makes an archive: takes every whole transaction behind a position from one place after the other, each going on where
 * the one before ended. Bytes are streamed; memory stays at a few megabytes however much there is. What an origin gave
 * before it failed is kept, so that another can go on from {@link #end}. For one thread.
 *
 * <pre>
 * try (BinlogRescue rescue = BinlogRescue.begin(settings, oldestApplied)) {
 *     rescue.fromSource(new LogPlace(host, directories), deadline);
 *     Archive archive = rescue.finish();
 * }
 * </pre>
 */
public final class BinlogRescue implements AutoCloseable {
    private final RescueSettings settings;
    private final PieceSequence pieces;
    private final Room room;
    private Optional<SourceTail.Begun> begun = Optional.empty();
    private Optional<Cut.Damaged> lost = Optional.empty();
    private boolean finished;

    private BinlogRescue(RescueSettings settings, BinlogPosition from, Room room) {
        this.settings = settings;
        this.room = room;
        pieces = new PieceSequence(settings, from);
    }

    /**
     * Begins an archive; an earlier one of the same name is removed.
     *
     * @param from a place between two transactions in the source's binary log
     * @throws ArchiveException if nothing can be written there
     */
    public static BinlogRescue begin(RescueSettings settings, BinlogPosition from) {
        return begin(settings, from, Room.OF_FILE_SYSTEM);
    }

    static BinlogRescue begin(RescueSettings settings, BinlogPosition from, Room room) {
        ArchiveName name = settings.name();
        try {
            PrivateFile.createDirectory(name.directory());
            new ArchiveStore(name.directory()).delete(name);
        } catch (IOException e) {
            throw notWritten(settings, e);
        }
        return new BinlogRescue(settings, from, room);
    }

    /**
     * Begins one that holds all of an earlier one, which stays as it is, and goes on where that ended.
     *
     * @throws ArchiveException if the earlier one cannot be read, or does not fit here a second time
     */
    public static BinlogRescue behind(Archive earlier, RescueSettings settings) {
        BinlogRescue rescue = begin(settings, earlier.start());
        try {
            rescue.copy(earlier);
        } catch (IOException e) {
            rescue.close();
            throw notWritten(settings, e);
        } catch (ArchiveException e) {
            rescue.close();
            throw e;
        }
        return rescue;
    }

    private void copy(Archive earlier) throws IOException {
        room.require(settings.name().directory(), earlier.bytes());
        earlier.origins().forEach(pieces::note);
        begun = earlier.pieces().stream().findFirst().map(first -> SourceTail.Begun.of(Optional.of(first.format())));
        lost = earlier.cut().damage();
        List<Piece> all = earlier.pieces();
        for (Piece piece : all) {
            // Of a file that was only begun nothing is missing if it is begun again.
            boolean begunOnly = piece.events() == 0 && piece.equals(all.get(all.size() - 1));
            if (!begunOnly) {
                pieces.at(piece.sourceFile(), piece.start(), piece.format()).copy(piece);
            }
        }
        pieces.addGtids(earlier.gtids());
    }

    /** Takes everything behind {@code from} from the source's own files; all other methods in one. */
    public static Archive fromSource(RescueSettings settings, LogPlace place, BinlogPosition from, Deadline deadline) {
        try (BinlogRescue rescue = begin(settings, from)) {
            rescue.fromSource(place, deadline);
            return rescue.finish();
        }
    }

    /** Position behind the last whole transaction so far. */
    public BinlogPosition end() {
        return pieces.end();
    }

    /** Whole transactions so far. */
    public long transactions() {
        return pieces.transactions();
    }

    /**
     * When the file was begun with which the first reading of a source's log began, or the archive that it goes on from, by that
     * source's clock; nothing where it does not say so, or none was read.
     */
    public Optional<Instant> begun() {
        return begun.flatMap(SourceTail.Begun::when);
    }

    /**
     * Takes everything behind {@link #end} from the source's own binary logs.
     *
     * @throws io.mha4j.archive.place.MissingLogException if the place holds no such file, or one is missing in between
     * @throws ArchiveException if the position is none of that log, or what is to be saved does not fit here
     * @throws io.mha4j.base.CommandException if the host was lost and did not come back, or the deadline passed
     */
    public void fromSource(LogPlace place, Deadline deadline) {
        fromSource(place, SourceTail.Origin.ANY_SERVER, deadline);
    }

    /**
     * The same where files of other servers of that host may bear the same names.
     *
     * @param serverId {@code server_id} of the source, which decides between them; 0 where unknown
     */
    public void fromSource(LogPlace place, long serverId, Deadline deadline) {
        take(place, new SourceTail.Origin(serverId, true, place.grow()), deadline);
    }

    /**
     * Takes everything behind {@link #end} from copies of the source's binary logs under the same names, which may be behind
     * them.
     *
     * @param serverId {@code server_id} of the source; 0 where unknown
     * @throws ArchiveException also if the files were written by a server with another {@code server_id}
     * @see #fromSource for what else it throws
     */
    public void fromCopies(LogPlace place, long serverId, Deadline deadline) {
        take(place, new SourceTail.Origin(serverId, false, place.grow()), deadline);
    }

    private void take(LogPlace place, SourceTail.Origin origin, Deadline deadline) {
        BinlogPosition from = end();
        List<LogFiles> found = LogFiles.allHolding(place.host(), place.directories(), from.file(), deadline);
        try {
            LogFiles logs = new LogChoice(origin.serverId(), settings.sleeper(), deadline).of(found);
            found.stream()
                    .filter(other -> other != logs)
                    .forEach(
                            other -> pieces.note(
                                    other.path(from.file())
                                            + " was not read: another server began that log, or it ended before the one that was read"));
            SourceTail tail = new SourceTail(pieces, settings, logs, origin, lostBefore(from), deadline);
            try {
                tail.take(from, room);
            } finally {
                begun = begun.or(tail::begun);
                lost = tail.lost();
            }
        } catch (IOException e) {
            pieces.ended(Cut.NOTHING, false);
            throw notWritten(settings, e);
        }
    }

    /** What broke off in the file that is gone on with is looked at again. */
    private Optional<Cut.Damaged> lostBefore(BinlogPosition from) {
        return lost.filter(l -> from.filesAfter(new BinlogPosition(l.file(), l.offset())) > 0);
    }

    /**
     * What a replica's status says of its relay logs. They alone need not tell whose events they hold.
     *
     * @param current  the relay log that its applier is at
     * @param applied  the source's file whose events the applier is at
     * @param received how far in the source's log its receiver is
     */
    public record RelayLogs(String current, Optional<String> applied, Optional<BinlogPosition> received) {}

    /**
     * Takes everything behind {@link #end} from the relay logs of a replica of that source. They may hold less than the
     * source's own log, never more. Where they lead to less than the replica received, the archive has not reached the end.
     *
     * @throws ArchiveException if they do not hold the position, or what is to be saved does not fit here
     * @throws io.mha4j.base.CommandException if the host was lost and did not come back, or the deadline passed
     */
    public void fromRelayLogs(LogPlace place, RelayLogs known, Deadline deadline) {
        LogFiles logs = LogFiles.holding(place.host(), place.directories(), known.current(), deadline);
        pieces.ended(Cut.NOTHING, false);
        try {
            new RelayTail(pieces, settings, logs, known, deadline).take(end(), room);
        } catch (IOException e) {
            throw notWritten(settings, e);
        }
    }

    /** Says in the description what else an operator should know about it. */
    public void note(String sentence) {
        pieces.note(sentence);
    }

    /** Puts the archive on disk for good; its description appears last. */
    public Archive finish() {
        try {
            Archive archive = pieces.finish();
            finished = true;
            return archive;
        } catch (IOException e) {
            throw notWritten(settings, e);
        }
    }

    /** Removes what was written, unless it was finished. */
    @Override
    public void close() {
        if (!finished) {
            try {
                pieces.discard();
            } catch (IOException e) {
                throw notWritten(settings, e);
            }
        }
    }

    private static ArchiveException notWritten(RescueSettings settings, IOException e) {
        return new ArchiveException(
                settings.name().description() + ": the archive cannot be written: " + IoFailure.text(e)
                        + "; check manager_workdir and its free space",
                e);
    }
}
