package io.mha4j.cli.outlook;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What would happen if the master died now.
 *
 * @param master    host, address and port; absent where the servers form no tree
 * @param obstacles what would forbid a failover, each with its cure; empty if it would happen
 * @param warnings  what keeps clients from the master, each with its cure, though it would forbid no failover; absent where
 *     that cannot be told now
 * @param newMaster who would be elected, as far as can be told before receivers are stopped
 * @param reason    why that one, one clause
 * @param outage    how long clients could not write
 * @param replicas  in section order
 * @param loss      what would be lost, one clause
 * @param unreceived what would be lost if its host died too, by this look
 */
public record Outlook(
        Optional<String> master,
        List<String> obstacles,
        Optional<List<String>> warnings,
        Optional<String> newMaster,
        String reason,
        Outage outage,
        List<Heir> replicas,
        String loss,
        Unreceived unreceived) {
    public Outlook {
        obstacles = List.copyOf(obstacles);
        warnings = warnings.map(List::copyOf);
        replicas = List.copyOf(replicas);
    }

    /**
     * A replica.
     *
     * @param objections  why it could not be the master; empty if it could
     * @param secondsBehind its lag, where it is known
     * @param bytesBehind bytes of the master's current binary log that it has not received; absent where it is at another file
     */
    public record Heir(String server, String objections, Optional<Long> secondsBehind, Optional<Long> bytesBehind) {
        private String line() {
            StringBuilder line = new StringBuilder(server).append(": ");
            line.append(objections.isEmpty() ? "could be the master" : "could not be the master: " + objections);
            secondsBehind.ifPresent(s -> line.append(", ").append(s).append(" s behind"));
            bytesBehind.ifPresentOrElse(
                    b -> line.append(b == 0 ? ", has received all" : ", lacks " + b + " bytes"),
                    () -> line.append(", reads an earlier binary log"));
            return line.toString();
        }
    }

    /** Whether there would be a failover. */
    public boolean possible() {
        return obstacles.isEmpty();
    }

    /** For people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("If the master" + master.map(m -> " " + m).orElse("") + " died now:");
        if (possible()) {
            outage.lines().forEach(line -> lines.add("  " + line));
            newMaster.ifPresent(m -> lines.add("  new master: " + m + ": " + reason));
            lines.add("  lost: " + loss);
            lines.add("  on no slave at this moment, so lost if its host died too: " + unreceived.sentence());
        } else {
            obstacles.forEach(o -> lines.add("  NO FAILOVER: " + o));
        }
        warnings.orElse(List.of()).forEach(w -> lines.add("  WARNING: " + w));
        replicas.forEach(r -> lines.add("  " + r.line()));
        return List.copyOf(lines);
    }
}
