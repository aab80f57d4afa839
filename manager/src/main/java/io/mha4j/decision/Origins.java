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
     * neither the old source nor any other replica has anything of. Of MariaDB's no stray: a server does not tell which of
     * them it never logged, since it was only told to start behind them, and who waits for such waits in vain. Without GTIDs
     * empty.
     */
    Optional<Gtids> given(Candidate c) {
        return foreign(c).map(all -> Gtids.minus(all, strays(c, all)));
    }

    private Gtids strays(Candidate c, Gtids all) {
        Gtids strange = notOfSource(all);
        return all instanceof MariadbGtids
                ? strange
                : Stream.concat(ofOthers(c), seenAtSource()).reduce(strange, Gtids::ofOtherServers);
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

    /** What of it another that follows its server can wait for: of MariaDB's no stray, as nobody knows that it will come. */
    Gtids awaitable(Gtids executed) {
        return executed instanceof MariadbGtids ? Gtids.minus(executed, notOfSource(executed)) : executed;
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
        Optional<Gtids> domains = domainsOfSource();
        Stream<Gtids> sent = field.stream()
                .flatMap(c -> c.status().retrieved().stream())
                .map(r -> domains.map(d -> Gtids.sameOrigins(r, d)).orElse(r));
        return Stream.concat(knownOfSource.stream(), sent);
    }

    /**
     * Something of each domain of MariaDB that the old source has anything in; empty for MySQL. It wrote there or was seen to
     * have executed something; where it was not seen, all replicas have. That one replica names a domain in what it retrieved
     * says nothing: there is also whatever it was told to start behind, and a source passes over domains that it does not know.
     */
    private Optional<Gtids> domainsOfSource() {
        List<Gtids> received = field.stream()
                .flatMap(c -> c.received().stream())
                .filter(MariadbGtids.class::isInstance)
                .toList();
        Optional<Gtids> had = knownOfSource.filter(k -> !received.isEmpty()).or(() -> received.stream()
                .reduce(Gtids::sameOrigins));
        return Stream.concat(had.stream(), received.stream().map(this::writtenBySource))
                .reduce(Gtids::union);
    }

    private Stream<Gtids> ofOthers(Candidate c) {
        return field.stream().filter(other -> !other.id().equals(c.id())).flatMap(other -> other.received().stream());
    }

    private static Gtids without(Gtids all, Stream<Gtids> known) {
        return known.reduce(all, Gtids::minus);
    }
}
