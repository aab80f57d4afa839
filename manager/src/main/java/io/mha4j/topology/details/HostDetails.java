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
 * @param address       what it showed of the clients' address, where the manager moves that itself
 */
public record HostDetails(
        boolean asked,
        Optional<String> sshProblem,
        Optional<String> binlogProblem,
        boolean encrypted,
        Optional<String> relayProblem,
        List<Disk> disks,
        Optional<String> restarter,
        Optional<String> feedProblem,
        Optional<AddressPlace> address) {
    /** SSH checks were not wanted. */
    public static final HostDetails NOT_ASKED = new HostDetails(
            false,
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public HostDetails {
        disks = List.copyOf(disks);
    }

    /** A host that could not be asked. */
    public static HostDetails unreachable(String why) {
        return withoutLogs(Optional.of(why), Optional.empty());
    }

    /** A host that was asked for the clients' address only. */
    public static HostDetails only(AddressPlace address) {
        return withoutLogs(Optional.empty(), Optional.of(address));
    }

    private static HostDetails withoutLogs(Optional<String> sshProblem, Optional<AddressPlace> address) {
        return new HostDetails(
                true,
                sshProblem,
                Optional.empty(),
                false,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                address);
    }

    /**
     * @param path      a directory on it
     * @param freeBytes what is left for this account; absent where it could not be told
     */
    public record Disk(String path, OptionalLong freeBytes) {}
}
