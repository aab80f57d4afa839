package io.mha4j.execution.level;

import io.mha4j.archive.ArchiveStore;
import io.mha4j.base.MhaException;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.execution.level.SqlMarks.Reading;
import java.util.Optional;

/**
 * A note of what one replica was given over SQL, in one form, and what it means for it.
 *
 * @param known   whether it has everything up to {@code end}, else nobody knows how much of it
 * @param shown   what its status showed meanwhile; empty where that is not known
 * @param read    what it had received meanwhile; empty where that is not known
 * @param problem why it does not tell what the replica has, where that is not simply that nobody knows
 */
record SqlMark(
        ArchiveStore.Note note,
        boolean known,
        Optional<BinlogPosition> shown,
        BinlogPosition end,
        Optional<BinlogPosition> read,
        Optional<String> problem) {
    /** Of a note whose text says nothing. */
    private static final BinlogPosition NOWHERE = new BinlogPosition("unreadable.0", 4);

    /** One that says nothing. */
    static SqlMark unreadable(ArchiveStore.Note note, MhaException why) {
        return new SqlMark(
                note,
                false,
                Optional.empty(),
                NOWHERE,
                Optional.empty(),
                Optional.of("what it was given by SQL is noted, but " + why.getMessage() + "; let this user read "
                        + note.file() + ", or " + buildAnew(note)));
    }

    /** Whether the status has come to the end of what it may have been given. */
    boolean isPassedBy(Optional<BinlogPosition> now) {
        return now.filter(place -> place.base().equals(end.base()) && place.isAtOrAfter(end))
                .isPresent();
    }

    Reading reading(Optional<BinlogPosition> now) {
        if (isPassedBy(now)) {
            return new Reading.Shown();
        }
        if (!known) {
            return new Reading.Unknown(whyUnknown());
        }
        return shown.equals(now)
                ? new Reading.Further(end, read)
                : new Reading.Unknown(
                        "it was given events by SQL up to %s while it showed %s, and now it shows %s; what it has cannot be told: %s"
                                .formatted(end, words(shown), words(now), buildAnew(note)));
    }

    private static String words(Optional<BinlogPosition> place) {
        return place.map(BinlogPosition::toString).orElse("no place");
    }

    String whyUnknown() {
        return problem.orElseGet(
                () -> "it was being given events by SQL when that was cut off, and how many it has is not known; "
                        + buildAnew(note) + " (with repl_password set and ports forwarded it would be known)");
    }

    static String buildAnew(ArchiveStore.Note note) {
        return "build it anew; where that was done since, delete " + note.file();
    }

    /** The statements that make a status show a place. */
    static String showing(BinlogPosition place) {
        return ("STOP SLAVE; CHANGE MASTER TO MASTER_LOG_FILE='%1$s', MASTER_LOG_POS=%2$d (from MySQL 8.4 on:"
                        + " STOP REPLICA; CHANGE REPLICATION SOURCE TO SOURCE_LOG_FILE='%1$s', SOURCE_LOG_POS=%2$d)")
                .formatted(place.file(), place.offset());
    }
}
