package io.mha4j.topology;

import java.util.Comparator;

/** Orders servers by who may replicate from whom: from an equal or earlier release series of the same flavour. */
final class VersionRule {
    private static final Comparator<ServerVersion> BY_SERIES =
            Comparator.comparing(ServerVersion::flavour).thenComparing(ServerVersion::compareSeries);

    private VersionRule() {}

    static int compare(ServerFacts one, ServerFacts other) {
        return BY_SERIES.compare(one.version(), other.version());
    }
}
