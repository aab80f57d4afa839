package io.mha4j.decision.death;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What systemd says about a unit: {@code systemctl show}, by property.
 *
 * @param properties those that it knows; an old systemd knows fewer
 */
public record UnitState(Map<String, String> properties) {
    /** States in which nothing goes on. */
    private static final Set<String> RESTING = Set.of("active", "inactive", "failed");

    public UnitState {
        properties = Map.copyOf(new TreeMap<>(properties));
    }

    /** Whether systemd leaves it alone. */
    Proof notRestarted(String unit) {
        String restart = of("Restart");
        if (restart.isEmpty()) {
            return new Proof.Unknown("systemd does not tell what it does about " + unit);
        }
        if (!restart.equals("no")) {
            return new Proof.Refuted("systemd starts it again (" + unit + ": Restart=" + restart + ")");
        }
        for (String also : new String[] {"RestartForceExitStatus", "OnFailure", "TriggeredBy"}) {
            if (!of(also).isEmpty()) {
                return new Proof.Unknown("systemd may start it again (" + unit + ": " + also + "=" + of(also) + ")");
            }
        }
        if (!of("Job").isEmpty() && !of("Job").equals("0")) {
            return new Proof.Refuted("systemd has a job waiting for " + unit);
        }
        if (!RESTING.contains(of("ActiveState"))) {
            return new Proof.Unknown("systemd is busy with it (" + unit + " is " + of("ActiveState") + ")");
        }
        return new Proof.Shown("nobody starts it again: " + unit + " has Restart=no and no job");
    }

    private String of(String property) {
        return properties.getOrDefault(property, "").strip();
    }
}
