package io.mha4j.decision.death;

/** What must be shown of a source that stopped answering; each of them. */
public enum Question {
    /** An earlier look saw this very process alive. */
    KNOWN,
    /** A fresh connection to the port is refused, by the host and not by nobody. */
    PORT_REFUSES,
    /** The process has ended. */
    PROCESS_GONE,
    /** It did not end because somebody stopped it. */
    NOT_STOPPED,
    /** Nothing is about to start it again. */
    NOT_RESTARTED,
    /** Nobody else reaches it. */
    NOT_REACHED,
    /** The manager may act. */
    NOT_PAUSED;

    /** Whether a second look a moment later may find otherwise: a process ends before its port closes, or after. */
    boolean settlesSoon() {
        return this == PORT_REFUSES || this == PROCESS_GONE;
    }
}
