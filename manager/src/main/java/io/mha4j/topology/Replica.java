package io.mha4j.topology;

import io.mha4j.base.ServerId;
import java.util.regex.Pattern;

/**
 * A living server with the one channel by which it replicates.
 *
 * @param facts  what it said about itself
 * @param status its only channel
 */
public record Replica(ServerId id, ServerFacts facts, ReplicaStatus status) {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    /** Whether its SQL thread was stopped by an error. */
    public boolean applierFailed() {
        return status.applier().failed();
    }

    /**
     * Whether it was told a literal address of its source rather than a host name; it is re-pointed in the same manner
     * (MHA 0.58, {@code ServerManager.pm}).
     */
    public boolean knowsSourceByAddress() {
        return isAddress(status.sourceHost());
    }

    /** The text by which this replica is to be told about {@code newSource}: its address or its host name. */
    public String nameFor(ServerId newSource) {
        return knowsSourceByAddress() ? newSource.ip() : newSource.host();
    }

    private static boolean isAddress(String host) {
        return host.contains(":") || IPV4.matcher(host).matches();
    }
}
