package io.mha4j.decision;

import io.mha4j.base.ServerId;
import io.mha4j.binlog.GtidSet;
import io.mha4j.binlog.Gtids;
import io.mha4j.binlog.MariadbGtids;
import io.mha4j.topology.ServerFacts;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Tells whose transactions a replica has: what it wrote itself, what the old source had, and what strayed in from elsewhere. MySQL's
 * identifiers name the writer for good. MariaDB's do too, but say only what each server wrote last: what others wrote further is taken
 * for history, since whoever was built from a backup no longer names those who wrote before.
 */
final class Origins {
    private final List<Candidate> field;
    private final Optional<Gtids> knownOfSource;
    private final Optional<String> sourceUuid;
    private final long sourceId;

    /**
     * @param facts what the old source was last seen to have executed, and what it called itself
     * @param field every living replica
     */
    Origins(FailoverFacts facts, List<Candidate> field) {
        this.field = List.copyOf(field);
        this.knownOfSource = facts.lastSource().flatMap(ServerFacts::executed);
        this.sourceUuid = facts.oldServerUuid();
        this.sourceId = facts.oldServerId();
    }

    /** What a replica wrote and nobody else is known to have; empty where that cannot be told. */
    Optional<Gtids> errant(Candidate c) {
        return c.executed().flatMap(c.facts()::written).map(own -> unknown(own, c));
    }

    private Gtids unknown(Gtids own, Candidate c) {
        return without(own, Stream.concat(ofOthers(c), knownOfSource.stream()));
    }

    /** All that a replica has, but for what it wrote itself; without GTIDs empty. */
    Optional<Gtids> foreign(Candidate c) {
        return c.received().map(all -> {
            Optional<Gtids> own =
                    all instanceof MariadbGtids ? errant(c) : c.facts().written(all);
            return own.map(o -> Gtids.minus(all, o)).orElse(all);
        });
    }

    /**
     * What a replica was given, as far as it may be missed elsewhere: not what it wrote itself, and not strays, of servers that
     * neither the old source nor any other replica has anything of. Without GTIDs empty.
     */
    Optional<Gtids> given(Candidate c) {
        return foreign(c).map(all -> Gtids.minus(all, strays(c, all)));
    }

    private Gtids strays(Candidate c, Gtids all) {
        return Stream.concat(ofOthers(c), seenAtSource()).reduce(notOfSource(all), Gtids::ofOtherServers);
    }

    /** The part of it that the old source is known to have had; where nobody knows who that was, all of it. */
    Optional<Gtids> ofSource(Candidate c) {
        return foreign(c).map(all -> Gtids.minus(all, notOfSource(all)));
    }

    /** Whether nobody was given anything that it lacks. */
    boolean hasAllGiven(Candidate c) {
        return covers(c, this::given);
    }

    /** Whether nobody has anything of the old source's that it lacks. */
    boolean hasAllOfSource(Candidate c) {
        return covers(c, this::ofSource);
    }

    private boolean covers(Candidate c, Function<Candidate, Optional<Gtids>> wanted) {
        return c.received()
                .filter(has ->
                        field.stream().flatMap(o -> wanted.apply(o).stream()).allMatch(has::covers))
                .isPresent();
    }

    /** What replicas have that a server with {@code executed} lacks: not of the old source, nor what they wrote themselves. */
    SortedMap<ServerId, Gtids> missing(Gtids executed) {
        SortedMap<ServerId, Gtids> missing = new TreeMap<>();
        for (Candidate c : field) {
            foreign(c)
                    .map(all -> notOfSource(all instanceof MariadbGtids each ? each.position() : all))
                    .map(strange -> Gtids.minus(strange, executed))
                    .filter(left -> !left.isEmpty())
                    .ifPresent(left -> missing.put(c.id(), left));
        }
        return missing;
    }

    private Gtids notOfSource(Gtids all) {
        return Gtids.minus(without(all, seenAtSource()), writtenBySource(all));
    }

    private Gtids writtenBySource(Gtids all) {
        if (all instanceof MariadbGtids each) {
            return sourceId == 0 ? all : each.writtenBy(sourceId);
        }
        return sourceUuid.<Gtids>map(((GtidSet) all)::writtenBy).orElse(all);
    }

    /** It was seen to have executed that, or has sent it. */
    private Stream<Gtids> seenAtSource() {
        return Stream.concat(knownOfSource.stream(), field.stream().flatMap(c -> c.status().retrieved().stream()));
    }

    private Stream<Gtids> ofOthers(Candidate c) {
        return field.stream().filter(other -> !other.id().equals(c.id())).flatMap(other -> other.received().stream());
    }

    private static Gtids without(Gtids all, Stream<Gtids> known) {
        return known.reduce(all, Gtids::minus);
    }
}
