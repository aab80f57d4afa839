package io.mha4j.topology;

import io.mha4j.base.ServerId;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What host names mean at the manager's host. It tells who is meant where a replica was told another name of its source than
 * the configuration has, or the same IPv6 address in another form.
 *
 * @param addresses by name or address; names that could not be resolved are missing
 */
public record ResolvedNames(Map<String, String> addresses) {
    /** Nothing was looked up. */
    public static final ResolvedNames NONE = new ResolvedNames(Map.of());

    public ResolvedNames {
        addresses = Map.copyOf(addresses);
    }

    /** What must be looked up to tell whether the replicas' names mean one of the servers. */
    public static Set<String> toLookUp(Set<String> replicasNames, Iterable<ServerId> servers) {
        Set<String> names = new LinkedHashSet<>(replicasNames);
        for (ServerId server : servers) {
            names.add(server.host());
            names.add(server.ip());
        }
        return names;
    }

    /** These and {@code later} ones, which count where they say otherwise. */
    public ResolvedNames with(ResolvedNames later) {
        Map<String, String> all = new HashMap<>(addresses);
        all.putAll(later.addresses);
        return new ResolvedNames(all);
    }

    /** Whether {@code name} and {@code port} lead to the server. */
    public boolean lead(String name, int port, ServerId server) {
        Optional<String> address = Optional.ofNullable(addresses.get(name));
        return port == server.port()
                && address.filter(a -> a.equals(addresses.get(server.ip())) || a.equals(addresses.get(server.host())))
                        .isPresent();
    }
}
