package io.mha4j.feed;

import io.mha4j.archive.Archive;
import io.mha4j.archive.ArchiveException;
import io.mha4j.archive.EventCursor;
import io.mha4j.archive.Piece;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.EventType;
import io.mha4j.binlog.FormatDescription;
import io.mha4j.binlog.GtidSet;
import io.mha4j.binlog.GtidSetBuilder;
import io.mha4j.binlog.MariadbGtidEvent;
import io.mha4j.binlog.MariadbGtids;
import io.mha4j.binlog.MariadbGtids.Gtid;
import io.mha4j.binlog.MysqlGtid;
import io.mha4j.binlog.RotateEvent;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds where in an archive a replica begins.
 *
 * @param archive     not empty
 * @param annotations whether the replica wants MariaDB's annotations
 */
record Seek(Archive archive, boolean annotations) {
    private static final long OFFSETS_OF_A_COMMAND = 1L << 32;

    /**
     * @throws ArchiveException  if the archive does not hold that place, or it is no boundary between events
     * @throws ProtocolException if what the replica asks for is no place
     */
    Beginning of(DumpRequest.From from) throws ProtocolException {
        if (from instanceof DumpRequest.From.Place place) {
            return at(place);
        }
        if (from instanceof DumpRequest.From.Missing missing) {
            return missing(missing.has());
        }
        return behind(((DumpRequest.From.Behind) from).state());
    }

    private Beginning at(DumpRequest.From.Place asked) throws ProtocolException {
        BinlogPosition place = place(asked);
        Choice all = new Choice.All(annotations);
        Optional<BinlogPosition> behindAll = nextFile().filter(place::equals);
        EventCursor events = archive.cursor(behindAll.isPresent() ? archive.end() : place);
        return first(events, place, all, all::takes);
    }

    /** Gives an offset its high bits back. */
    private BinlogPosition place(DumpRequest.From.Place asked) throws ProtocolException {
        for (Piece piece : archive.pieces()) {
            long turns = Math.max(0, piece.end() - asked.low()) / OFFSETS_OF_A_COMMAND;
            long offset = asked.low() + turns * OFFSETS_OF_A_COMMAND;
            if (piece.sourceFile().equals(asked.file()) && piece.start() <= offset && offset <= piece.end()) {
                return new BinlogPosition(asked.file(), offset);
            }
        }
        BinlogPosition start = archive.start();
        if (start.file().equals(asked.file()) && start.offset() % OFFSETS_OF_A_COMMAND == asked.low()) {
            // The end of a file of which there is no piece.
            return start;
        }
        try {
            return new BinlogPosition(asked.file(), Math.max(Piece.FIRST_EVENT, asked.low()));
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("it asks for events from '" + asked.file() + "' on, which is no binary log");
        }
    }

    /** The beginning of the file that follows, when the archive ends with the end of a file: the same place as its end. */
    private Optional<BinlogPosition> nextFile() {
        Piece last = archive.pieces().get(archive.pieces().size() - 1);
        Optional<BinlogPosition> next = Optional.empty();
        try (EventCursor events = archive.cursor(last.startPosition())) {
            while (events.advance()) {
                next = Optional.of(events)
                        .filter(e -> e.header().type() == EventType.ROTATE && Choice.isSent(e))
                        .map(e -> RotateEvent.of(Choice.event(e)))
                        .map(rotate -> new BinlogPosition(rotate.file(), rotate.position()));
            }
        }
        return next;
    }

    /** Transactions that the replica has are passed over by itself; those before the first that it lacks by us. */
    private Beginning missing(GtidSet has) {
        return first(archive.cursor(), archive.end(), new Choice.All(annotations), at -> switch (at.header()
                        .type()) {
                    case EventType.ANONYMOUS_GTID -> true;
                    case EventType.GTID, EventType.GTID_TAGGED ->
                        MysqlGtid.of(Choice.event(at))
                                .filter(gtid -> !contains(has, gtid))
                                .isPresent();
                    default -> false;
                })
                .forGtids();
    }

    private static boolean contains(GtidSet set, MysqlGtid gtid) {
        GtidSetBuilder one = new GtidSetBuilder();
        one.add(gtid);
        return set.covers(one.build());
    }

    private Beginning behind(MariadbGtids state) {
        Choice choice = new Choice.Behind(state, held(state), new Choice.All(annotations));
        return first(
                archive.cursor(),
                archive.end(),
                choice,
                at -> choice.takes(at) && at.header().type() == EventType.MARIADB_GTID);
    }

    /** Domains whose last transaction is in the archive. */
    private Set<Long> held(MariadbGtids state) {
        Set<Long> domains = new HashSet<>();
        try (EventCursor events = archive.cursor()) {
            while (events.advance()) {
                if (events.header().type() == EventType.MARIADB_GTID) {
                    Gtid gtid = MariadbGtidEvent.of(Choice.event(events)).gtid();
                    if (gtid.equals(state.last().get(gtid.domain()))) {
                        domains.add(gtid.domain());
                    }
                }
            }
        }
        return domains;
    }

    /** Goes to the first event that is wanted. */
    private Beginning first(
            EventCursor events, BinlogPosition behindAll, Choice choice, Predicate<EventCursor> wanted) {
        String file = "";
        long headEnd = 0;
        while (events.advance()) {
            if (!events.sourceFile().equals(file)) {
                file = events.sourceFile();
                headEnd = Piece.FIRST_EVENT + events.format().event().length;
            }
            if (wanted.test(events)) {
                BinlogPosition at = new BinlogPosition(file, events.start());
                return new Beginning(events, true, at, events.format(), events.start() == headEnd, choice, false);
            }
            if (events.start() == headEnd && !Choice.isSent(events)) {
                headEnd = events.end();
            }
        }
        FormatDescription last =
                archive.pieces().get(archive.pieces().size() - 1).format();
        return new Beginning(events, false, behindAll, last, false, choice, false);
    }
}
