package io.mha4j.topology;

/** Orders servers by who may replicate from whom: from an equal or earlier release series of the same flavour. */
final class VersionRule {
    private VersionRule() {}

    static int compare(ServerFacts one, ServerFacts other) {
        int byFlavour = one.version().flavour().compareTo(other.version().flavour());
        return byFlavour != 0 ? byFlavour : one.version().compareSeries(other.version());
    }
}
