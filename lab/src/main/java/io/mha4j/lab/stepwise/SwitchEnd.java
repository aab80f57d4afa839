package io.mha4j.lab.stepwise;

import java.util.Locale;

/** How a command that switches ended, by its exit status and what it said. */
enum SwitchEnd {
    /** The new source is the source and everybody follows. */
    DONE(0, "completed successfully"),
    /** It is, but somebody does not follow. */
    PARTLY(10, "partially failed"),
    /** The old source is the source. */
    UNDONE(1, "The switch is undone:"),
    /** To be called again. */
    STUCK(1, "could not be undone in full"),
    /** A failover made another server the source. */
    FAILED_OVER(-1, ""),
    OTHER(-1, "");

    private final int exit;
    private final String text;

    SwitchEnd(int exit, String text) {
        this.exit = exit;
        this.text = text;
    }

    static SwitchEnd of(int exit, String output) {
        for (SwitchEnd end : values()) {
            if (end.exit == exit && output.contains(end.text)) {
                return end;
            }
        }
        return OTHER;
    }

    /** Whether the new source is the source. */
    boolean switched() {
        return this == DONE || this == PARTLY;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
