package io.mha4j.execution.level;

import io.mha4j.archive.Archive;
import io.mha4j.archive.ArchiveStore;
import io.mha4j.base.AddedLater;
import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.config.Application;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.report.EventLog;
import io.mha4j.report.json.JsonForm;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.Replica;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ServerIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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

    private final Application app;
    private final ManagedTree tree;
    private final ServerIdentity source;
    private final EventLog log;

    /** Marks as one run sees them, or one look at a tree whose source lives. */
    public SqlMarks(FailoverFacts facts, EventLog log) {
        this.app = facts.app();
        this.tree = facts.tree();
        this.source = facts.oldIdentity();
        this.log = log;
    }

    /** How far a replica is that may have been given events over SQL. */
    public sealed interface Reading {
        /** What its status shows is all that it has. */
        record Shown() implements Reading {}

        /**
         * It has everything before {@code place}, which is behind what its status shows.
         *
         * @param read how much it had received then; of that it had executed all that was whole. Empty where that was not noted,
         *     or is not certain
         */
        record Further(BinlogPosition place, Optional<BinlogPosition> read) implements Reading {
            /** What makes its status show it, so that nothing is executed a second time. */
            public String cure() {
                return SqlMark.showing(place);
            }
        }

        /** Nothing tells how many it has. */
        record Unknown(String why) implements Reading {}
    }

    /**
     * From where a replica was given events that shows still what it showed then.
     *
     * @param given   up to where it has them for certain
     * @param archive description of the archive that they were taken from, which may be gone
     */
    public record Origin(ServerId server, Optional<BinlogPosition> given, Path archive, Path note) {}

    /** Whose mark it is, and of whose events, however both are called in the configuration by then. */
    private record Whose(String app, String host, int port, ServerIdentity self, ServerIdentity source) {}

    /** It is being given events: from where its status shows it, up to {@code bound} at most. */
    private record Applying(
            BinlogPosition shown,
            BinlogPosition bound,
            Whose whose,
            @AddedLater Optional<String> reason) {}

    /** It has everything up to {@code end}, while its status shows another place. */
    private record Given(
            BinlogPosition shown,
            BinlogPosition end,
            @AddedLater Optional<Whose> whose,
            @AddedLater Optional<BinlogPosition> read) {}

    /** What the status of a replica shows all the while. */
    public record Shows(BinlogPosition applied, Optional<BinlogPosition> read) {}

    /** From now on nobody knows how many it has. */
    public void applying(Archive archive, ServerId server, BinlogPosition shown, BinlogPosition bound) {
        applying(archive, server, new Applying(shown, bound, whose(server), Optional.empty()));
    }

    /** Nor will anybody: it was cut off, and cannot be gone on with for that reason, one clause. */
    public void lost(Archive archive, ServerId server, BinlogPosition shown, BinlogPosition bound, String reason) {
        applying(archive, server, new Applying(shown, bound, whose(server), Optional.of(reason)));
    }

    private static void applying(Archive archive, ServerId server, Applying mark) {
        archive.note(server.section() + APPLYING, JSON.line(mark));
    }

    /** It has everything up to there, and nothing more. */
    public void given(Archive archive, ServerId server, BinlogPosition shown, BinlogPosition end) {
        given(archive, server, new Shows(shown, Optional.empty()), end);
    }

    /** The same, where it is known how much it has received. */
    public void given(Archive archive, ServerId server, Shows shows, BinlogPosition end) {
        Given mark = new Given(shows.applied(), end, Optional.of(whose(server)), shows.read());
        archive.note(server.section() + GIVEN, JSON.line(mark));
        notApplying(archive, server);
    }

    /** It has what it had. */
    public void notApplying(Archive archive, ServerId server) {
        archive.crossOut(server.section() + APPLYING);
    }

    private Whose whose(ServerId server) {
        return new Whose(app.name(), server.host(), server.port(), identity(server), source);
    }

    private ServerIdentity identity(ServerId server) {
        return tree.replica(server).map(Replica::facts).map(ServerIdentity::of).orElse(ServerIdentity.UNKNOWN);
    }

    /**
     * How far a replica is. A mark counts no more where its status has come to the end of what it may have been given, or where
     * it is another server by its UUID than it was.
     */
    public Reading of(ServerId server, ReplicaStatus now) {
        Reading furthest = new Reading.Shown();
        for (SqlMark mark : marks(server)) {
            Reading reading = mark.reading(now.applied());
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

    /**
     * What people must know before they start anything on a replica, one sentence; empty where nothing is noted of it that it does not
     * show.
     *
     * @param then what it showed at some time, which may have been before it was given anything
     */
    public Optional<String> caution(ServerId server, ReplicaStatus then) {
        List<SqlMark> marks = marks(server).stream()
                .filter(mark -> !mark.isPassedBy(then.applied()))
                .toList();
        Optional<String> unknown = marks.stream()
                .filter(mark -> !mark.known())
                .map(mark -> server + ": " + mark.whyUnknown() + "; start no replication there")
                .findFirst();
        return unknown.or(() -> marks.stream()
                .map(SqlMark::end)
                .max(Comparator.naturalOrder())
                .map(end -> server + " was given events by SQL up to " + end
                        + ", which its status does not show: it would execute them a second time; before any of its threads is started, "
                        + SqlMark.showing(end)));
    }

    /** The statements that make the status of a replica show that it has everything up to there. */
    public static String showing(BinlogPosition place) {
        return SqlMark.showing(place);
    }

    /** Where those came from that it was given, or was being given, if it shows still what it showed then. */
    public List<Origin> origins(ServerId server, ReplicaStatus now) {
        return marks(server).stream()
                .filter(mark -> mark.shown().isPresent() && mark.shown().equals(now.applied()))
                .map(mark -> new Origin(
                        server,
                        Optional.of(mark.end()).filter(end -> mark.known()),
                        mark.note().archive().description(),
                        mark.note().file()))
                .toList();
    }

    /** Those about a replica that are of the same source's events. */
    private List<SqlMark> marks(ServerId server) {
        List<SqlMark> all = readable(server).toList();
        return all.stream().filter(mark -> !isDone(mark, all)).toList();
    }

    private Stream<SqlMark> readable(ServerId server) {
        return store().notes().stream()
                .filter(note -> note.about().endsWith(GIVEN) || note.about().endsWith(APPLYING))
                .flatMap(note -> readable(note, server).stream());
    }

    /** What was given is noted first: one that was cut off then has it all, though it is noted as being given it. */
    private static boolean isDone(SqlMark begun, List<SqlMark> all) {
        return !begun.known()
                && all.stream()
                        .filter(SqlMark::known)
                        .filter(mark ->
                                mark.note().archive().equals(begun.note().archive()))
                        .anyMatch(mark -> mark.end().base().equals(begun.end().base())
                                && mark.end().isAtOrAfter(begun.end()));
    }

    /** The directory may be everybody's: what is not ours, or cannot be understood, is nobody's, but for one by this very name. */
    private Optional<SqlMark> readable(ArchiveStore.Note note, ServerId server) {
        if (!isPlain(note.file())) {
            return Optional.empty();
        }
        Optional<String> text;
        try {
            text = note.text();
        } catch (MhaException e) {
            return mayBeAbout(note, server) ? Optional.of(SqlMark.unreadable(note, e)) : Optional.empty();
        }
        try {
            return text.flatMap(t -> mark(note, t, server));
        } catch (MhaException e) {
            if (isByName(note, server)) {
                return Optional.of(SqlMark.unreadable(note, e));
            }
            log.warning("{}; it is left aside", e.getMessage());
            return Optional.empty();
        }
    }

    /** One of an older configuration may be about any replica. */
    private boolean mayBeAbout(ArchiveStore.Note note, ServerId server) {
        String section = note.about().substring(0, note.about().lastIndexOf('.'));
        boolean another = !section.equals(server.section())
                && app.servers().stream().anyMatch(s -> s.id().section().equals(section));
        return isOfSource(note) && !another;
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
        return new ArchiveStore(Path.of(app.workdir()));
    }

    private Optional<SqlMark> mark(ArchiveStore.Note note, String text, ServerId server) {
        if (note.about().endsWith(GIVEN)) {
            Given given = JSON.read(text, Given.class);
            return isAbout(note, given.whose(), server)
                    ? Optional.of(new SqlMark(
                            note, true, Optional.of(given.shown()), given.end(), given.read(), Optional.empty()))
                    : Optional.empty();
        }
        if (text.isEmpty()) {
            return isByName(note, server) ? bare(note) : Optional.empty();
        }
        Applying applying = JSON.read(text, Applying.class);
        return isAbout(note, Optional.of(applying.whose()), server)
                ? Optional.of(new SqlMark(
                        note,
                        false,
                        Optional.of(applying.shown()),
                        applying.bound(),
                        Optional.empty(),
                        applying.reason().map(why -> why + "; " + SqlMark.buildAnew(note))))
                : Optional.empty();
    }

    /** What the first versions noted: only the archive tells up to where. */
    private static Optional<SqlMark> bare(ArchiveStore.Note note) {
        Path description = note.archive().description();
        return Files.exists(description)
                ? Optional.of(new SqlMark(
                        note,
                        false,
                        Optional.empty(),
                        Archive.read(description).end(),
                        Optional.empty(),
                        Optional.empty()))
                : Optional.empty();
    }

    private boolean isAbout(ArchiveStore.Note note, Optional<Whose> whose, ServerId server) {
        if (whose.isEmpty()) {
            return isByName(note, server);
        }
        Whose noted = whose.get();
        boolean byName = noted.host().equals(server.host()) && noted.port() == server.port();
        boolean sameApp = noted.app().equals(app.name());
        return isSame(noted.self(), identity(server), sameApp, byName)
                && isSame(noted.source(), source, sameApp, isOfSource(note));
    }

    private boolean isByName(ArchiveStore.Note note, ServerId server) {
        return isOfSource(note)
                && (note.about().equals(server.section() + GIVEN)
                        || note.about().equals(server.section() + APPLYING));
    }

    private boolean isOfSource(ArchiveStore.Note note) {
        return note.archive().host().equals(tree.source().host())
                && note.archive().port() == tree.source().port();
    }

    /** A UUID decides; without one whoever has the name, or the number in the same application, may be it. */
    private static boolean isSame(ServerIdentity noted, ServerIdentity now, boolean sameApp, boolean byName) {
        boolean decided = noted.uuid().isPresent() && now.uuid().isPresent();
        return ((decided || sameApp) && noted.sameServerAs(now)) || (byName && !decided);
    }

    /**
     * It follows another source now, or is it: what it was given of this one's events is over. That it stays noted does no harm, but
     * what it has must not be forgotten before how many it has not.
     */
    public void forget(ServerId server) {
        if (tree.mode().usesGtids()) {
            return;
        }
        try {
            readable(server).sorted(Comparator.comparing(SqlMark::known)).forEach(mark -> mark.note()
                    .crossOut());
        } catch (MhaException e) {
            log.warning("{}", e.getMessage());
        }
    }
}
