package io.mha4j.decision;

import io.mha4j.binlog.GtidSet;
import io.mha4j.binlog.Gtids;
import io.mha4j.binlog.MariadbGtids;
import java.util.List;
import java.util.Optional;

/**
 * Tells what a replica wrote itself from what it was given. MySQL's identifiers name the writer for good. MariaDB's do too, but
 * say only what each server wrote last: what others wrote further is taken for history, since whoever was built from a
 * backup no longer names those who wrote before.
 */
final class OwnWrites {
    private final List<Candidate> field;
    private final Optional<Gtids> knownOfSource;

    /**
     * @param field         every living replica
     * @param knownOfSource what the old source was last seen to have executed
     */
    OwnWrites(List<Candidate> field, Optional<Gtids> knownOfSource) {
        this.field = List.copyOf(field);
        this.knownOfSource = knownOfSource;
    }

    /** What a replica wrote and nobody else is known to have; empty where that cannot be told. */
    Optional<Gtids> errant(Candidate c) {
        return c.executed().flatMap(done -> written(c, done)).map(own -> unknown(own, c));
    }

    /** All that a replica has, but for what it wrote itself; without GTIDs empty. */
    Optional<Gtids> given(Candidate c) {
        return c.received().map(all -> {
            Optional<Gtids> own = all instanceof MariadbGtids ? errant(c) : written(c, all);
            return own.map(o -> minus(all, o)).orElse(all);
        });
    }

    private static Optional<Gtids> written(Candidate c, Gtids done) {
        if (done instanceof MariadbGtids each) {
            return Optional.of(each.endsWrittenBy(c.facts().serverId()));
        }
        return c.facts().serverUuid().map(uuid -> ((GtidSet) done).writtenBy(uuid));
    }

    private Gtids unknown(Gtids own, Candidate c) {
        Gtids left = own;
        for (Candidate other : field) {
            if (!other.id().equals(c.id()) && other.received().isPresent()) {
                left = minus(left, other.received().get());
            }
        }
        return knownOfSource.isPresent() ? minus(left, knownOfSource.get()) : left;
    }

    private static Gtids minus(Gtids all, Gtids some) {
        if (all instanceof GtidSet x && some instanceof GtidSet y) {
            return x.minus(y);
        }
        return all instanceof MariadbGtids x && some instanceof MariadbGtids y ? x.minus(y) : all;
    }
}
