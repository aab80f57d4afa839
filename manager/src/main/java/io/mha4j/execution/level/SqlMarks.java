package io.mha4j.execution.level;

import io.mha4j.archive.Archive;
import io.mha4j.archive.ArchiveStore;
import io.mha4j.base.AddedLater;
import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.report.EventLog;
import io.mha4j.report.json.JsonForm;
import io.mha4j.topology.Replica;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ServerIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What replicas were given over SQL, by position: their own status does not know of it. It is noted on disk beside the archive
 * that it was taken from, and counts for each later failover of the same source, since that makes an archive of its own.
 * Different servers may be asked for by different threads.
 */
public final class SqlMarks {
    private static final JsonForm JSON = new JsonForm();
    private static final String APPLYING = ".applying";
    private static final String GIVEN = ".given";
    /** None of ours is longer, by far. */
    private static final long LONGEST = 65_536;

    private final FailoverFacts facts;
    private final EventLog log;

    /** Marks as one run sees them. */
    public SqlMarks(FailoverFacts facts, EventLog log) {
        this.facts = facts;
        this.log = log;
    }

    /** How far a replica is that may have been given events over SQL. */
    public sealed interface Reading {
        /** What its status shows is all that it has. */
        record Shown() implements Reading {}

        /** It has everything before {@code place}, which is behind what its status shows. */
        record Further(BinlogPosition place, Path note) implements Reading {}

        /** Nothing tells how many it has. */
        record Unknown(String why) implements Reading {}
    }

    /** A note by the name of a replica's whose text says nothing. */
    private static final BinlogPosition UNREADABLE = new BinlogPosition("unreadable.0", 4);

    /** Whose mark it is, and of whose events, however both are called in the configuration by then. */
    private record Whose(String app, String host, int port, ServerIdentity self, ServerIdentity source) {}

    /** It is being given events: from where its status shows it, up to {@code bound} at most. */
    private record Applying(BinlogPosition shown, BinlogPosition bound, Whose whose) {}

    /** It has everything up to {@code end}, while its status shows another place. */
    private record Given(
            BinlogPosition shown,
            BinlogPosition end,
            @AddedLater Optional<Whose> whose) {}

    /** A mark that may be about one replica, in one form. */
    private record Mark(ArchiveStore.Note note, boolean known, Optional<BinlogPosition> shown, BinlogPosition end) {}

    /** From now on nobody knows how many it has. */
    public void applying(Archive archive, ServerId server, BinlogPosition shown, BinlogPosition bound) {
        archive.note(server.section() + APPLYING, JSON.line(new Applying(shown, bound, whose(server))));
    }

    /** It has everything up to there, and nothing more. */
    public void given(Archive archive, ServerId server, BinlogPosition shown, BinlogPosition end) {
        archive.note(server.section() + GIVEN, JSON.line(new Given(shown, end, Optional.of(whose(server)))));
        notApplying(archive, server);
    }

    /** It has what it had. */
    public void notApplying(Archive archive, ServerId server) {
        archive.crossOut(server.section() + APPLYING);
    }

    private Whose whose(ServerId server) {
        return new Whose(facts.app().name(), server.host(), server.port(), identity(server), facts.oldIdentity());
    }

    private ServerIdentity identity(ServerId server) {
        return facts.tree()
                .replica(server)
                .map(Replica::facts)
                .map(ServerIdentity::of)
                .orElse(ServerIdentity.UNKNOWN);
    }

    /**
     * How far a replica is. A mark counts no more where its status has come to the end of what it may have been given, or where
     * it is another server by its UUID than it was.
     */
    public Reading of(ServerId server, ReplicaStatus now) {
        Reading furthest = new Reading.Shown();
        for (Mark mark : marks(server)) {
            Reading reading = reading(mark, now.applied());
            if (reading instanceof Reading.Unknown) {
                return reading;
            }
            if (reading instanceof Reading.Further further
                    && !(furthest instanceof Reading.Further other
                            && other.place().isAtOrAfter(further.place()))) {
                furthest = further;
            }
        }
        return furthest;
    }

    private static Reading reading(Mark mark, Optional<BinlogPosition> now) {
        if (now.filter(place -> place.base().equals(mark.end().base()) && place.isAtOrAfter(mark.end()))
                .isPresent()) {
            return new Reading.Shown();
        }
        String since = "build it anew; where that was done since, delete "
                + mark.note().file();
        if (!mark.known()) {
            return new Reading.Unknown(
                    "it was being given events by SQL when that was cut off, and how many it has is not known; " + since
                            + " (with repl_password set and ports forwarded it would be known)");
        }
        return mark.shown().equals(now)
                ? new Reading.Further(mark.end(), mark.note().file())
                : new Reading.Unknown(
                        "it was given events by SQL up to %s while it showed %s, and now it shows %s; what it has cannot be told: %s"
                                .formatted(
                                        mark.end(),
                                        mark.shown()
                                                .map(BinlogPosition::toString)
                                                .orElse("no place"),
                                        now.map(BinlogPosition::toString).orElse("no place"),
                                        since));
    }

    /** Those about a replica that are of the same source's events. */
    private List<Mark> marks(ServerId server) {
        List<Mark> all = store().notes().stream()
                .filter(note -> note.about().endsWith(GIVEN) || note.about().endsWith(APPLYING))
                .flatMap(note -> readable(note, server).stream())
                .toList();
        return all.stream().filter(mark -> !isDone(mark, all)).toList();
    }

    /** What was given is noted first: one that was cut off then has it all, though it is noted as being given it. */
    private static boolean isDone(Mark begun, List<Mark> all) {
        return !begun.known()
                && all.stream()
                        .filter(Mark::known)
                        .filter(mark ->
                                mark.note().archive().equals(begun.note().archive()))
                        .anyMatch(mark -> mark.end().base().equals(begun.end().base())
                                && mark.end().isAtOrAfter(begun.end()));
    }

    /** The directory may be everybody's: what is not ours, or cannot be understood, is nobody's, but for one by this very name. */
    private Optional<Mark> readable(ArchiveStore.Note note, ServerId server) {
        try {
            return isPlain(note.file()) ? mark(note, server) : Optional.empty();
        } catch (MhaException e) {
            boolean named = isByName(note, server, GIVEN) || isByName(note, server, APPLYING);
            if (named) {
                return Optional.of(new Mark(note, false, Optional.empty(), UNREADABLE));
            }
            log.warning("{}; it is left aside", e.getMessage());
            return Optional.empty();
        }
    }

    /** Others may have put anything there: what is no file of a usual size is not opened. */
    private static boolean isPlain(Path file) {
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) <= LONGEST;
        } catch (IOException e) {
            // It was crossed out meanwhile.
            return false;
        }
    }

    private ArchiveStore store() {
        return new ArchiveStore(Path.of(facts.app().workdir()));
    }

    private Optional<Mark> mark(ArchiveStore.Note note, ServerId server) {
        return note.text().flatMap(text -> mark(note, text, server));
    }

    private Optional<Mark> mark(ArchiveStore.Note note, String text, ServerId server) {
        if (note.about().endsWith(GIVEN)) {
            Given given = JSON.read(text, Given.class);
            return isAbout(note, given.whose(), server, GIVEN)
                    ? Optional.of(new Mark(note, true, Optional.of(given.shown()), given.end()))
                    : Optional.empty();
        }
        if (text.isEmpty()) {
            return isAbout(note, Optional.empty(), server, APPLYING) ? bare(note) : Optional.empty();
        }
        Applying applying = JSON.read(text, Applying.class);
        return isAbout(note, Optional.of(applying.whose()), server, APPLYING)
                ? Optional.of(new Mark(note, false, Optional.of(applying.shown()), applying.bound()))
                : Optional.empty();
    }

    /** What the first versions noted: only the archive tells up to where. */
    private static Optional<Mark> bare(ArchiveStore.Note note) {
        Path description = note.archive().description();
        return Files.exists(description)
                ? Optional.of(new Mark(
                        note, false, Optional.empty(), Archive.read(description).end()))
                : Optional.empty();
    }

    private boolean isAbout(ArchiveStore.Note note, Optional<Whose> whose, ServerId server, String kind) {
        ServerId source = facts.tree().source();
        boolean sourceByName =
                note.archive().host().equals(source.host()) && note.archive().port() == source.port();
        if (whose.isEmpty()) {
            return isByName(note, server, kind);
        }
        Whose noted = whose.get();
        boolean byName = noted.host().equals(server.host()) && noted.port() == server.port();
        boolean sameApp = noted.app().equals(facts.app().name());
        return isSame(noted.self(), identity(server), sameApp, byName)
                && isSame(noted.source(), facts.oldIdentity(), sameApp, sourceByName);
    }

    private boolean isByName(ArchiveStore.Note note, ServerId server, String kind) {
        ServerId source = facts.tree().source();
        return note.archive().host().equals(source.host())
                && note.archive().port() == source.port()
                && note.about().equals(server.section() + kind);
    }

    /** A UUID decides; without one whoever has the name, or the number in the same application, may be it. */
    private static boolean isSame(ServerIdentity noted, ServerIdentity now, boolean sameApp, boolean byName) {
        boolean decided = noted.uuid().isPresent() && now.uuid().isPresent();
        return ((decided || sameApp) && noted.sameServerAs(now)) || (byName && !decided);
    }

    /** It follows another source now, or is it: what it was given of this one's events is over. That it stays noted does no harm. */
    public void forget(ServerId server) {
        if (facts.tree().mode().usesGtids()) {
            return;
        }
        try {
            marks(server).forEach(mark -> mark.note().crossOut());
        } catch (MhaException e) {
            log.warning("{}", e.getMessage());
        }
    }
}
