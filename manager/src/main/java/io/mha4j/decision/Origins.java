package io.mha4j.decision;

import io.mha4j.base.ServerId;
import io.mha4j.binlog.GtidSet;
import io.mha4j.binlog.Gtids;
import io.mha4j.binlog.MariadbGtids;
import io.mha4j.topology.ServerFacts;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
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
    private final List<Gtids> seenAtSource;
    private final SortedMap<ServerId, Gtids> ofSource;
    private final Set<ServerId> withAllOfSource;
    private final Set<ServerId> withAllGiven;

    /**
     * Compares every replica with every other, once. Without GTIDs there is nothing to compare.
     *
     * @param facts what the old source was last seen to have executed, and what it called itself
     * @param field every living replica
     */
    Origins(FailoverFacts facts, List<Candidate> field) {
        this.field = facts.usesGtids() ? List.copyOf(field) : List.of();
        this.knownOfSource = facts.lastSource().flatMap(ServerFacts::executed);
        this.sourceUuid = facts.oldServerUuid();
        this.sourceId = facts.oldServerId();
        this.seenAtSource = seenAtSource();
        this.ofSource = ofEach(c -> foreign(c).map(all -> Gtids.minus(all, notOfSource(all))));
        this.withAllOfSource = having(ofSource.values());
        this.withAllGiven = having(ofEach(this::given).values());
    }

    private SortedMap<ServerId, Gtids> ofEach(Function<Candidate, Optional<Gtids>> part) {
        SortedMap<ServerId, Gtids> parts = new TreeMap<>();
        field.forEach(c -> part.apply(c).ifPresent(gtids -> parts.put(c.id(), gtids)));
        return parts;
    }

    private Set<ServerId> having(Collection<Gtids> wanted) {
        List<Gtids> each = wanted.stream().distinct().toList();
        return field.stream()
                .filter(c -> c.received()
                        .filter(has -> each.stream().allMatch(has::covers))
                        .isPresent())
                .map(Candidate::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What a replica wrote and nobody else is known to have; empty where that cannot be told. */
    Optional<Gtids> errant(Candidate c) {
        return c.executed().flatMap(c.facts()::written).map(own -> unknown(own, c));
    }

    private Gtids unknown(Gtids own, Candidate c) {
        return without(own, Stream.concat(ofOthers(c), knownOfSource.stream()));
    }

    /** All that a replica has, but for what it wrote itself. */
    private Optional<Gtids> foreign(Candidate c) {
        return c.received().map(all -> {
            Optional<Gtids> own =
                    all instanceof MariadbGtids ? errant(c) : c.facts().written(all);
            return own.map(o -> Gtids.minus(all, o)).orElse(all);
        });
    }

    /**
     * What a replica was given, as far as it may be missed elsewhere: not what it wrote itself, and not strays, of servers that
     * neither the old source nor any other replica has anything of. Of MariaDB's no stray: a server does not tell which of
     * them it never logged, since it was only told to start behind them, and who waits for such waits in vain.
     */
    private Optional<Gtids> given(Candidate c) {
        return foreign(c).map(all -> Gtids.minus(all, strays(c, all)));
    }

    private Gtids strays(Candidate c, Gtids all) {
        Gtids strange = notOfSource(all);
        return all instanceof MariadbGtids
                ? strange
                : Stream.concat(ofOthers(c), seenAtSource.stream()).reduce(strange, Gtids::ofOtherServers);
    }

    /** What a replica has that the old source is known to have had; where nobody knows who that was, all. Without GTIDs empty. */
    Optional<Gtids> ofSource(Candidate c) {
        return Optional.ofNullable(ofSource.get(c.id()));
    }

    /** Whether nobody was given anything that it lacks. */
    boolean hasAllGiven(Candidate c) {
        return withAllGiven.contains(c.id());
    }

    /** Whether nobody has anything of the old source's that it lacks. */
    boolean hasAllOfSource(Candidate c) {
        return withAllOfSource.contains(c.id());
    }

    /** What replicas have that a server with {@code executed} lacks: not of the old source, nor what they wrote themselves. */
    SortedMap<ServerId, Gtids> strangeTo(Gtids executed) {
        return ofEach(c -> foreign(c)
                .map(all -> notOfSource(all instanceof MariadbGtids each ? each.position() : all))
                .map(strange -> Gtids.minus(strange, executed))
                .filter(lacked -> !lacked.isEmpty()));
    }

    /** What of it another that follows its server can wait for: of MariaDB's no stray, as nobody knows that it will come. */
    Gtids awaitable(Gtids executed) {
        return executed instanceof MariadbGtids ? Gtids.minus(executed, notOfSource(executed)) : executed;
    }

    private Gtids notOfSource(Gtids all) {
        return Gtids.minus(without(all, seenAtSource.stream()), writtenBySource(all));
    }

    private Gtids writtenBySource(Gtids all) {
        if (all instanceof MariadbGtids each) {
            return sourceId == 0 ? all : each.writtenBy(sourceId);
        }
        return sourceUuid.<Gtids>map(((GtidSet) all)::writtenBy).orElse(all);
    }

    /** It was seen to have executed that, or has sent it. */
    private List<Gtids> seenAtSource() {
        Optional<Gtids> domains = domainsOfSource();
        Stream<Gtids> sent = field.stream()
                .flatMap(c -> c.status().retrieved().stream())
                .map(r -> domains.map(d -> Gtids.sameOrigins(r, d)).orElse(r));
        return Stream.concat(knownOfSource.stream(), sent).distinct().toList();
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
