package io.mha4j.topology.details;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a host showed over SSH. Every problem is one clause that names what was tried.
 *
 * @param asked         false: nobody looked, because SSH checks were not wanted
 * @param sshProblem    why the host could not be asked
 * @param binlogProblem why its binary logs cannot be read
 * @param encrypted     whether the binary log that was read is encrypted
 * @param relayProblem  why its relay logs cannot be read
 * @param disks         file systems with data or logs
 * @param restarter     what would start the server again by itself
 * @param feedProblem   why a replica there could not fetch from the manager, in the way that its settings say
 */
public record HostDetails(
        boolean asked,
        Optional<String> sshProblem,
        Optional<String> binlogProblem,
        boolean encrypted,
        Optional<String> relayProblem,
        List<Disk> disks,
        Optional<String> restarter,
        Optional<String> feedProblem) {
    /** SSH checks were not wanted. */
    public static final HostDetails NOT_ASKED = new HostDetails(
            false,
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty());

    public HostDetails {
        disks = List.copyOf(disks);
    }

    /** A host that could not be asked. */
    public static HostDetails unreachable(String why) {
        return new HostDetails(
                true,
                Optional.of(why),
                Optional.empty(),
                false,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * @param path      a directory on it
     * @param freeBytes what is left for this account; absent where it could not be told
     */
    public record Disk(String path, OptionalLong freeBytes) {}
}
