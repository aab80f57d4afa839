package io.mha4j.execution;

import io.mha4j.archive.Archive;
import io.mha4j.archive.EventCursor;
import io.mha4j.base.Deadline;
import io.mha4j.base.ServerId;
import io.mha4j.base.Ticks;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.Gtids;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.SourceControl;
import io.mha4j.mysql.apply.Applied;
import io.mha4j.mysql.apply.ApplyOptions;
import io.mha4j.mysql.apply.EventApplier;
import io.mha4j.mysql.apply.Progress;
import io.mha4j.report.EventLog;
import io.mha4j.report.json.JsonForm;
import io.mha4j.topology.ReplicaStatus;
import java.time.Duration;
import java.util.Optional;

/**
 * Gives a replica what an archive holds over SQL, where it cannot follow a feed. Its replication settings stay as they are,
 * and so does what its status says: only we know how far it is then.
 */
final class SqlLevelling {
    private static final Duration TELL = Duration.ofSeconds(1);

    private static final JsonForm JSON = new JsonForm();

    private final EventLog log;
    private final Ticks ticks;
    private long told;

    SqlLevelling(EventLog log, Ticks ticks) {
        this.log = log;
        this.ticks = ticks;
        this.told = ticks.nanos();
    }

    /** What a replica got over SQL by its position: up to where, and what its status, which does not know of it, showed. */
    private record Given(BinlogPosition shown, BinlogPosition end) {}

    /**
     * Whether the replica has everything up to a place because it was applied over SQL, by position, though its status does
     * not show it.
     *
     * @throws LevellingException if its status shows another place than then, so that nobody can tell
     */
    static boolean gave(Archive archive, ServerId server, ReplicaStatus now, BinlogPosition upTo) {
        Optional<Given> given = archive.note(givenTo(server)).map(text -> JSON.read(text, Given.class));
        if (given.isEmpty()) {
            return false;
        }
        BinlogPosition shown = given.get().shown();
        if (now.applied().filter(shown::equals).isEmpty()) {
            throw new LevellingException(
                    server,
                    "it was given events by SQL up to %s while it showed %s, and now it shows %s; what it has cannot be told: build it anew"
                            .formatted(
                                    given.get().end(),
                                    shown,
                                    now.applied().map(BinlogPosition::toString).orElse("no place")));
        }
        return given.get().end().isAtOrAfter(upTo);
    }

    /**
     * By position nobody can go on with a replica that was being given events over SQL, in whatever way.
     *
     * @throws LevellingException if it was, and nobody knows how many it has
     */
    static void requireKnown(Archive archive, ServerId server) {
        if (archive.note(applyingTo(server)).isPresent()) {
            throw new LevellingException(
                    server,
                    "it was being given events by SQL when that was cut off, and how many it has is not known; build it anew"
                            + " (with repl_password set and ports forwarded it would be known)");
        }
    }

    private static String applyingTo(ServerId server) {
        return server.section() + ".applying";
    }

    private static String givenTo(ServerId server) {
        return server.section() + ".given";
    }

    /**
     * Applies all that the replica lacks; both its threads must be stopped.
     *
     * @param byGtid whether its GTIDs say what it lacks; else its position does
     */
    void level(ServerSession session, ReplicaStatus status, Archive archive, boolean byGtid, Deadline deadline) {
        Optional<Gtids> executed = byGtid ? new SourceControl(session).executed(deadline) : Optional.empty();
        Progress progress = new Progress() {
            @Override
            public void begins() {
                archive.note(applyingTo(session.server()), "");
            }

            @Override
            public void reached(Applied applied) {
                tell(session, applied);
            }

            @Override
            public void done() {
                noteGiven(session.server(), status, archive, byGtid);
            }
        };
        try (EventCursor events = cursor(session, status, archive, byGtid)) {
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

    /** At once: a server that is lost while its settings are put back has everything all the same. */
    static void noteGiven(ServerId server, ReplicaStatus status, Archive archive, boolean byGtid) {
        if (!byGtid) {
            status.applied()
                    .ifPresent(shown ->
                            archive.note(givenTo(server), JSON.line(new Given(shown, ArchiveEnd.of(archive)))));
        }
        archive.crossOut(applyingTo(server));
    }

    private static EventCursor cursor(ServerSession session, ReplicaStatus status, Archive archive, boolean byGtid) {
        return byGtid
                ? archive.cursor()
                : archive.cursor(status.applied()
                        .orElseThrow(() -> new LevellingException(
                                session.server(), "it does not say how far it is in the old source's binary log")));
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
