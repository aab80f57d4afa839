package io.mha4j.report;

import java.util.Locale;

/** How urgent a line of the event log is, in MHA's words and rising order. */
public enum Level {
    /** Statements of failovers, switches and rejoins, and what hosts are asked for. */
    DEBUG,
    /** The story, one line per fact. */
    INFO,
    /** Someone should look. */
    WARNING,
    /** We stopped. */
    ERROR;

    /** The word between the brackets. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads {@code log_level}. MHA's logging library knows more words than MHA writes lines for: {@code notice} lies
     * between info and warning, and what is above error counts as error here, so that errors cannot be switched off.
     *
     * @throws IllegalArgumentException naming the words that are allowed
     */
    public static Level parse(String word) {
        return switch (word.strip().toLowerCase(Locale.ROOT)) {
            case "debug" -> DEBUG;
            case "info" -> INFO;
            case "notice", "warning", "warn" -> WARNING;
            case "error", "err", "critical", "crit", "alert", "emergency", "emerg" -> ERROR;
            default ->
                throw new IllegalArgumentException(
                        "log_level=" + word + ": unknown; use debug, info, warning or error");
        };
    }
}
