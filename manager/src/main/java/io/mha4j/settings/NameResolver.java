package io.mha4j.settings;

import io.mha4j.base.Deadline;
import java.util.Map;
import java.util.Set;

/** Turns host names into addresses. */
public interface NameResolver {
    /**
     * The first address of each host, by its name; hosts that cannot be resolved by the deadline are missing. An
     * address stands for itself.
     */
    Map<String, String> addressesOf(Set<String> hosts, Deadline deadline);
}
