package io.mha4j.lab.stepwise;

import java.util.Locale;
import java.util.Set;

/** What strikes a switch. */
enum SwitchFault {
    /** No packet between the command's host and that of a server. */
    OLD_CUT(Victim.OLD_SOURCE),
    /** Nothing comes back from the server; what it is told arrives. */
    OLD_MUTE(Victim.OLD_SOURCE),
    NEW_CUT(Victim.NEW_SOURCE),
    NEW_MUTE(Victim.NEW_SOURCE),
    REPLICA_CUT(Victim.REPLICA),
    /** Killed with SIGKILL. */
    OLD_KILLED(Victim.OLD_SOURCE),
    NEW_KILLED(Victim.NEW_SOURCE),
    REPLICA_KILLED(Victim.REPLICA),
    /** The command itself, with SIGKILL; then it is called again. */
    COMMAND_KILLED(Victim.COMMAND);

    private final Victim victim;

    /** Whom it strikes. */
    enum Victim {
        OLD_SOURCE,
        NEW_SOURCE,
        REPLICA,
        COMMAND
    }

    SwitchFault(Victim victim) {
        this.victim = victim;
    }

    Victim victim() {
        return victim;
    }

    /** How the struck command may end, or the one that is called when it was killed, as docs/online-switch.md tells. */
    Set<SwitchEnd> ends(SwitchStep step) {
        int toAddress = step.compareTo(SwitchStep.ADDRESS_MOVED);
        Set<SwitchEnd> switched = Set.of(SwitchEnd.DONE, SwitchEnd.PARTLY);
        return switch (victim) {
            case OLD_SOURCE -> {
                SwitchStep needed = this == OLD_KILLED ? SwitchStep.PLACE_READ : SwitchStep.NOTHING_SINCE;
                yield step.compareTo(needed) <= 0 ? Set.of(SwitchEnd.STUCK) : switched;
            }
            case NEW_SOURCE -> toAddress > 0 ? switched : Set.of(toAddress < 0 ? SwitchEnd.UNDONE : SwitchEnd.STUCK);
            case REPLICA -> switched;
            case COMMAND -> Set.of(toAddress > 0 ? SwitchEnd.DONE : SwitchEnd.UNDONE);
        };
    }

    /** Whether packets are lost, and nothing is killed. */
    boolean cuts() {
        return this == REPLICA_CUT || this == OLD_CUT || this == NEW_CUT || mutes();
    }

    /** Whether only what the server says is lost. */
    boolean mutes() {
        return this == OLD_MUTE || this == NEW_MUTE;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
