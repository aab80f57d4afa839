package io.mha4j.decision.death;

import java.util.Optional;
import java.util.Set;

/**
 * Who would start a server again, as seen while it lived.
 *
 * @param parent     the process that started it, or took it in
 * @param init       name of the host's first process
 * @param initTables whether that process restarts programs by tables of its own
 * @param cgroup     path of the server's control group; empty where there is none
 */
public record Keeper(Parent parent, String init, boolean initTables, Optional<String> cgroup) {
    /** First processes that start nothing again. */
    private static final Set<String> IDLE = Set.of("init", "tini", "dumb-init", "docker-init", "catatonit");

    private static final String SYSTEMD = "systemd";
    private static final int FIRST = 1;

    /** A process. */
    public record Parent(long pid, String name) {}

    /** The unit of systemd that has the server; empty if none has, or another program is the first process. */
    public Optional<String> unit() {
        return cgroup.filter(path -> init.equals(SYSTEMD))
                .map(path -> path.substring(path.lastIndexOf('/') + 1))
                .filter(name -> name.endsWith(".service"));
    }

    /**
     * Whether nobody starts it again.
     *
     * @param now what systemd says about {@link #unit()} now, if there is one
     * @param successor who seems to be starting it already
     */
    public Proof notRestarted(Optional<UnitState> now, Optional<String> successor) {
        if (successor.isPresent()) {
            return new Proof.Refuted("it is being started again: " + successor.get());
        }
        if (parent.pid() != FIRST) {
            return new Proof.Unknown(
                    "process %d (%s), which started it, may start it again".formatted(parent.pid(), parent.name()));
        }
        if (init.equals(SYSTEMD)) {
            return bySystemd(now);
        }
        if (!IDLE.contains(init) || initTables) {
            return new Proof.Unknown("the host's first process (" + init + ") may start it again");
        }
        return new Proof.Shown("nobody starts it again: it has no parent but " + init);
    }

    private Proof bySystemd(Optional<UnitState> now) {
        Optional<String> unit = unit();
        if (unit.isPresent()) {
            return now.map(state -> state.notRestarted(unit.get()))
                    .orElseGet(() -> new Proof.Unknown("systemd does not tell what it does about " + unit.get()));
        }
        return cgroup.filter(path -> path.endsWith(".scope")).isPresent()
                ? new Proof.Shown("nobody starts it again: no unit of systemd has it")
                : new Proof.Unknown("it cannot be told whether a unit of systemd has it");
    }
}
