package io.mha4j.topology.details;

import io.mha4j.binlog.Gtids;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a living server said in the round of details, which comes after the sweep.
 *
 * @param grants     what our account may do
 * @param variables  global variables by name in lower case; a server answers for those it knows
 * @param executed   GTIDs executed by now, so later than in the sweep
 * @param clockAhead how far the server's clock is ahead of the manager's, to about a second
 * @param superUsers accounts that read_only does not stop; empty too where we may not look
 * @param events     how many events are enabled
 * @param replAccount whether replicas could log in here
 * @param registered which replicas are registered here; empty too where we may not look
 * @param keylessReplica whether it replicates over a channel that can fetch no public key and uses no TLS
 */
public record SqlDetails(
        Grants grants,
        Map<String, String> variables,
        Optional<Gtids> executed,
        Duration clockAhead,
        List<String> superUsers,
        long events,
        ReplAccount replAccount,
        List<Registered> registered,
        boolean keylessReplica) {
    public SqlDetails {
        variables = Map.copyOf(variables);
        superUsers = List.copyOf(superUsers);
        registered = List.copyOf(registered);
    }

    /**
     * A replica as its source knows it.
     *
     * @param place its address as it reports it; empty where it reports none
     */
    public record Registered(long serverId, String place) {}

    public Optional<String> text(String variable) {
        return Optional.ofNullable(variables.get(variable));
    }

    /** The first of these variables that the server knows, as a number. */
    public OptionalLong number(String... names) {
        for (String name : names) {
            String value = variables.getOrDefault(name, "");
            if (value.matches("\\d{1,18}")) {
                return OptionalLong.of(Long.parseLong(value));
            }
        }
        return OptionalLong.empty();
    }
}
