package io.mha4j.execution;

import io.mha4j.archive.Archive;
import io.mha4j.archive.ArchiveException;
import io.mha4j.base.InterruptedWork;
import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.Step;
import io.mha4j.execution.level.ArchiveEnd;
import io.mha4j.execution.level.SqlMarks;
import io.mha4j.report.EventLog;
import io.mha4j.topology.Replica;
import io.mha4j.topology.ReplicaStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * By position: what failovers before this one saved of the same source and gave somebody over SQL. Who is opened, and who follows
 * that one, must have it too, and the dead source's log may not be readable any more. For several threads.
 */
final class EarlierEvents {
    private final FailoverFacts facts;
    private final Places places;
    private final EventLog log;
    private Optional<List<Given>> given = Optional.empty();
    /** Archives that somebody got all of in this run: then all must have that. */
    private final Set<Path> whole = new HashSet<>();
    /** By archive, who was found to have enough with less than all of it: then nobody may be given more. */
    private final Map<Path, ServerId> content = new HashMap<>();

    /** @param facts the facts at the beginning of the run */
    EarlierEvents(FailoverFacts facts, Places places, EventLog log) {
        this.facts = facts;
        this.places = places;
        this.log = log;
    }

    /**
     * Up to where events were saved that somebody was given.
     *
     * @param end     of all that the archive holds: who is given any of it is given that
     * @param origin  who, and from which archive
     * @param archive that can be read
     */
    private record Given(BinlogPosition upTo, BinlogPosition end, SqlMarks.Origin origin, Optional<Archive> archive) {
        boolean isBehind(BinlogPosition place) {
            return upTo.base().equals(place.base()) && !place.isAtOrAfter(upTo);
        }

        boolean isPartlyIn(BinlogPosition place) {
            return isIn(place) && !place.isAtOrAfter(end);
        }

        Given whole() {
            return new Given(end, end, origin, archive);
        }

        boolean isIn(BinlogPosition place) {
            return upTo.base().equals(place.base()) && place.isAtOrAfter(upTo);
        }

        boolean canLevel(BinlogPosition place) {
            return archive.filter(a -> place.isAtOrAfter(a.start())).isPresent();
        }
    }

    /**
     * Whether there are such events that it has not executed, whatever it has received.
     *
     * @throws LevellingException if nobody can tell what it has
     */
    synchronized boolean areLackedBy(ServerId server, ReplicaStatus status) {
        boolean lacks = lacked(server, status).isPresent();
        if (!lacks) {
            places.reached(server, status).ifPresent(place -> all().stream()
                    .filter(g -> g.isPartlyIn(place))
                    .forEach(g -> content.put(g.origin().archive(), server)));
        }
        return lacks;
    }

    private synchronized Optional<Given> lacked(ServerId server, ReplicaStatus status) {
        return places.reached(server, status).flatMap(place -> all().stream()
                .map(g -> whole.contains(g.origin().archive()) ? g.whole() : g)
                .filter(g -> g.isBehind(place))
                .max(Comparator.comparing((Given g) -> g.canLevel(place)).thenComparing(Given::upTo)));
    }

    /**
     * Gives it all of them that it lacks.
     *
     * @param levelling gives it what an archive holds; throws if that fails
     * @throws LevellingException if it cannot be given them
     */
    void give(ServerId server, ReplicaStatus status, Consumer<Step.Level> levelling) {
        for (Optional<Given> more = lacked(server, status); more.isPresent(); more = lacked(server, status)) {
            give(server, places.reached(server, status).orElseThrow(), entirely(server, more.get()), levelling);
        }
    }

    /** An archive is given as a whole, though who was given it first may have come less far. */
    private synchronized Given entirely(ServerId server, Given more) {
        Path archive = more.origin().archive();
        ServerId other = content.get(archive);
        if (other != null && !more.upTo().isAtOrAfter(more.end())) {
            throw lacking(
                    server,
                    more,
                    archive + ": that holds events up to " + more.end() + ", and " + other
                            + ", which this failover goes on with, has not all of them",
                    Optional.empty());
        }
        return more.whole();
    }

    private void give(ServerId server, BinlogPosition place, Given more, Consumer<Step.Level> levelling) {
        if (!more.canLevel(place)) {
            String obstacle = more.archive().isEmpty() ? "it cannot be read" : "it begins behind " + place;
            throw lacking(server, more, more.origin().archive() + ": " + obstacle, withAll(server));
        }
        log.warning(
                "{} lacks what an earlier failover saved up to {}; it is given that from {}",
                server,
                more.upTo(),
                more.origin().archive());
        try {
            levelling.accept(new Step.Level(server, more.origin().archive().toString(), more.upTo()));
            reached(server, more);
        } catch (InterruptedWork e) {
            throw e;
        } catch (MhaException e) {
            throw lacking(server, more, more.origin().archive() + ": " + e.getMessage(), withAll(server));
        }
    }

    /** Who failed at it is neither opened nor followed, and binds nobody. */
    private synchronized void reached(ServerId server, Given more) {
        places.level(server, more.upTo());
        whole.add(more.origin().archive());
    }

    private LevellingException lacking(ServerId server, Given more, String obstacle, Optional<ServerId> withAll) {
        SqlMarks.Origin origin = more.origin();
        BinlogPosition end = origin.given().orElse(more.upTo());
        String who = origin.given().isPresent() || !origin.server().equals(server)
                ? "an earlier failover gave " + origin.server()
                        + (origin.given().isPresent() ? "" : ", or began to give it,")
                : "an earlier failover was to give it";
        return new LevellingException(
                server,
                who + " events by SQL up to " + end + ", which this one lacks and cannot be given from " + obstacle
                        + "; make that possible and start the failover again, or give them by hand, and then, on each server that has"
                        + " them, " + SqlMarks.showing(more.upTo())
                        + ", so that nobody is given them again"
                        + withAll.map(EarlierEvents::promoting).orElse("")
                        + "; delete " + origin.note() + " only where " + origin.server() + " was built anew");
    }

    private static String promoting(ServerId other) {
        return "; or, while no new master is open, promote " + other + ", which has all of them, by --new_master_host="
                + other.host() + " --new_master_port=" + other.port() + ", and build this one anew";
    }

    /** Another that lacks nothing of what was given to anybody, as it stood when the run began. */
    private Optional<ServerId> withAll(ServerId besides) {
        return facts.tree().replicas().stream()
                .filter(r -> !r.id().equals(besides))
                .filter(r -> !facts.app().of(r.id()).roles().barred())
                .filter(this::lacksNothing)
                .map(Replica::id)
                .findFirst();
    }

    private boolean lacksNothing(Replica replica) {
        try {
            return places.reached(replica.id(), replica.status())
                    .filter(place -> all().stream().allMatch(g -> g.isIn(place)))
                    .isPresent();
        } catch (LevellingException e) {
            return false;
        }
    }

    /** As it was noted when it was asked for first: a later step may cross it out. */
    private synchronized List<Given> all() {
        if (given.isEmpty()) {
            List<Given> found = new ArrayList<>();
            facts.tree()
                    .allReplicas()
                    .forEach(replica -> places.marks().origins(replica.id(), replica.status()).stream()
                            .flatMap(origin -> given(origin).stream())
                            .forEach(found::add));
            given = Optional.of(List.copyOf(found));
        }
        return given.get();
    }

    /**
     * Of one that was cut off nobody knows what it has: where the archive is gone, so is what was to be given. Who wants nothing of
     * the dead source's log wants no more than somebody has for certain.
     */
    private Optional<Given> given(SqlMarks.Origin origin) {
        if (!facts.wishes().saveTail() && origin.given().isEmpty()) {
            return Optional.empty();
        }
        try {
            Archive archive = Archive.read(origin.archive());
            BinlogPosition end = ArchiveEnd.of(archive);
            BinlogPosition furthest = origin.given()
                    .filter(g -> g.isAtOrAfter(end) || !facts.wishes().saveTail())
                    .orElse(end);
            return Optional.of(
                    new Given(furthest, furthest.isAtOrAfter(end) ? furthest : end, origin, Optional.of(archive)));
        } catch (ArchiveException e) {
            log.warning("{}", e.getMessage());
            return origin.given().map(end -> new Given(end, end, origin, Optional.empty()));
        }
    }
}
