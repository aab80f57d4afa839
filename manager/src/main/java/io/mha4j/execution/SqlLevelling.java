package io.mha4j.execution;

import io.mha4j.archive.Archive;
import io.mha4j.archive.EventCursor;
import io.mha4j.base.Deadline;
import io.mha4j.base.MhaException;
import io.mha4j.base.Ticks;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.Gtids;
import io.mha4j.execution.level.ArchiveEnd;
import io.mha4j.execution.level.SqlMarks;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.SourceControl;
import io.mha4j.mysql.apply.Applied;
import io.mha4j.mysql.apply.ApplyOptions;
import io.mha4j.mysql.apply.EventApplier;
import io.mha4j.mysql.apply.Progress;
import io.mha4j.report.EventLog;
import java.time.Duration;
import java.util.Optional;

/**
 * Gives a replica what an archive holds over SQL, where it cannot follow a feed. Its replication settings stay as they are,
 * and so does what its status says: only we know how far it is then.
 */
final class SqlLevelling {
    private static final Duration TELL = Duration.ofSeconds(1);
    private static final Duration ASK = Duration.ofSeconds(5);

    private final SqlMarks marks;
    private final EventLog log;
    private final Ticks ticks;
    private long told;

    SqlLevelling(SqlMarks marks, EventLog log, Ticks ticks) {
        this.marks = marks;
        this.log = log;
        this.ticks = ticks;
        this.told = ticks.nanos();
    }

    /**
     * Where a replica begins that is levelled by its position.
     *
     * @param shown what its status shows that it has executed
     * @param read  what it shows that it has received, if nothing whole of that is behind {@code shown}; empty where there may be
     * @param from  up to where it has everything: there, or behind that
     */
    record Start(BinlogPosition shown, Optional<BinlogPosition> read, BinlogPosition from) {}

    /**
     * Applies all that the replica lacks; both its threads must be stopped.
     *
     * @param start where it begins; empty where its GTIDs say what it lacks
     */
    void level(ServerSession session, Optional<Start> start, Archive archive, Deadline deadline) {
        Optional<Gtids> executed = start.isPresent() ? Optional.empty() : new SourceControl(session).executed(deadline);
        Progress progress = start.<Progress>map(
                        s -> new Noted(session, new SqlMarks.Shows(s.shown(), s.read()), archive))
                .orElseGet(() -> applied -> tell(session, applied));
        try (EventCursor events = start.map(s -> archive.cursor(s.from())).orElseGet(archive::cursor)) {
            Applied applied =
                    new EventApplier(session, ApplyOptions.LOGGED).apply(events, executed, progress, deadline);
            log.info(
                    "{}: {} transactions applied over SQL, {} were there already",
                    session.server(),
                    applied.transactions(),
                    applied.skipped());
            applied.leftChanged().forEach(left -> log.warning("{}; set it yourself", left));
        }
    }

    /**
     * Notes how far it is, as it can be known. What is committed is known while the connection lasts. Of what was begun then,
     * tables that cannot roll back may have kept a part: that stands in the server's own binary log, behind the last commit.
     */
    private final class Noted implements Progress {
        private final ServerSession session;
        private final SqlMarks.Shows shows;
        private final Archive archive;
        private Optional<BinlogPosition> ownEnd = Optional.empty();

        Noted(ServerSession session, SqlMarks.Shows shows, Archive archive) {
            this.session = session;
            this.shows = shows;
            this.archive = archive;
        }

        @Override
        public void begins() {
            ownEnd = askOwnEnd();
            marks.applying(archive, session.server(), shows.applied(), ArchiveEnd.of(archive));
        }

        @Override
        public void reached(Applied applied) {
            ownEnd = ownEnd.flatMap(before -> askOwnEnd());
            tell(session, applied);
        }

        @Override
        public void undone(Applied committed, boolean temporaryTables) {
            if (ownEnd.isEmpty() || !ownEnd.equals(askOwnEnd())) {
                return;
            }
            if (committed.transactions() == 0) {
                marks.notApplying(archive, session.server());
            } else if (temporaryTables) {
                marks.lost(
                        archive,
                        session.server(),
                        shows.applied(),
                        ArchiveEnd.of(archive),
                        "it was given events by SQL until one was refused, and had temporary tables then that are gone, which those behind"
                                + " may need");
            } else {
                committed.end().ifPresent(end -> marks.given(archive, session.server(), shows, end));
            }
        }

        /** At once: a server that is lost while its settings are put back has everything all the same. */
        @Override
        public void done() {
            marks.given(archive, session.server(), shows, ArchiveEnd.of(archive));
        }

        /** Nothing where it cannot be told: then it is not asked again. */
        private Optional<BinlogPosition> askOwnEnd() {
            try {
                return new SourceControl(session).ownEnd(Deadline.in(ASK, ticks));
            } catch (MhaException e) {
                log.debug("{}", e.getMessage());
                return Optional.empty();
            }
        }
    }

    private void tell(ServerSession session, Applied applied) {
        long now = ticks.nanos();
        if (now - told >= TELL.toNanos()) {
            told = now;
            log.info(
                    "{}: {} transactions, {} bytes so far",
                    session.server(),
                    applied.transactions() + applied.skipped(),
                    applied.bytes());
        }
    }
}
