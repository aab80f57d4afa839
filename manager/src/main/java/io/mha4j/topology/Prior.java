package io.mha4j.topology;

import io.mha4j.base.ServerId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What is known from before the sweep.
 *
 * @param deadSource the source that was found dead; it counts as dead whatever the sweep says about it
 * @param identities what servers called themselves in earlier sweeps, so that a replica that knows the source by an
 *     address of its own is still understood when the source no longer answers
 * @param names      what host names meant when they were last looked up; a source that is known by that is not looked up
 *     again
 */
public record Prior(Optional<ServerId> deadSource, Map<ServerId, ServerIdentity> identities, ResolvedNames names) {
    /** The first look. */
    public static final Prior NOTHING = new Prior(Optional.empty(), Map.of(), ResolvedNames.NONE);

    public Prior {
        identities = Map.copyOf(identities);
    }

    /** The same, with {@code source} found dead. */
    public Prior withDeadSource(ServerId source) {
        return new Prior(Optional.of(source), identities, names);
    }

    /** The same, with what host names mean. */
    public Prior withNames(ResolvedNames resolved) {
        return new Prior(deadSource, identities, resolved);
    }

    /** The same, with what an earlier sweep saw. */
    public Prior withSeen(Snapshot earlier) {
        return withSeen(earlier, UnaryOperator.identity());
    }

    /** @param now what a server of then is in the configuration that counts now */
    public Prior withSeen(Snapshot earlier, UnaryOperator<ServerId> now) {
        Map<ServerId, ServerIdentity> all = new TreeMap<>(identities);
        earlier.servers().keySet().forEach(id -> earlier.facts(id)
                .ifPresent(f -> all.put(now.apply(id), ServerIdentity.of(f))));
        return new Prior(deadSource, all, names);
    }

    boolean saysDead(ServerId id) {
        return deadSource.filter(id::equals).isPresent();
    }
}
