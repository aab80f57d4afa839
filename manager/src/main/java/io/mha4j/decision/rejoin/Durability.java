package io.mha4j.decision.rejoin;

import io.mha4j.topology.ServerFacts;
import java.util.Optional;

/** Whether equal logs prove equal data on a former source, as far as what was seen before it died tells. Pure. */
public final class Durability {
    private Durability() {}

    /**
     * Why they do not, as a clause. What it says after its start is what its configuration has by then: a setting may have been
     * changed while it ran, or corrected before it was started again.
     *
     * @param before what it said when it was last seen before it died
     */
    public static Optional<String> doubt(Optional<ServerFacts> before) {
        if (before.isEmpty()) {
            return Optional.of("nobody saw which sync_binlog it had before it died");
        }
        return before.map(ServerFacts::syncBinlog)
                .filter(sync -> sync != 1)
                .map(sync -> "sync_binlog was " + sync + " when it was last seen before it died");
    }
}
