package io.mha4j.config;

/**
 * The text that a parameter has in one place, not yet typed.
 *
 * @param text    after quotes and comments are taken away
 * @param literal whether it stood in quotes, so that {@code env:} and {@code file:} mean nothing in it
 * @param origin  where it was set
 */
public record Setting(String text, boolean literal, Origin origin) {
    /** Does not show the text: it may be a password. */
    @Override
    public String toString() {
        return "set by " + origin.text();
    }
}
