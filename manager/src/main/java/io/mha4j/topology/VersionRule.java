package io.mha4j.topology;

import io.mha4j.base.ServerId;
import java.util.Optional;

/** Orders servers by who may replicate from whom: from an equal or earlier release series of the same flavour. */
public final class VersionRule {
    private VersionRule() {}

    static int compare(ServerFacts one, ServerFacts other) {
        int byFlavour = one.version().flavour().compareTo(other.version().flavour());
        return byFlavour != 0 ? byFlavour : one.version().compareSeries(other.version());
    }

    /** Why a server must not become the replica of a newer one, a clause; empty if it may. */
    public static Optional<String> objection(ServerId source, ServerFacts its, ServerId replica, ServerFacts own) {
        return compare(its, own) <= 0
                ? Optional.empty()
                : Optional.of("%s (version %s) is newer than %s (version %s), which could not replicate from it"
                        .formatted(source, its.version(), replica, own.version()));
    }
}
