package io.mha4j.config;

/**
 * One thing that keeps a configuration from being used. Never holds the value of a secret parameter.
 *
 * @param file the file as it was named, or what produced the line ({@code init_conf_load_script})
 * @param line from 1; 0 where the file as a whole is meant
 * @param text what is wrong and what is allowed
 */
public record Problem(String file, int line, String text) {
    /** Answers {@code file:line: text}. */
    @Override
    public String toString() {
        return line == 0 ? file + ": " + text : file + ":" + line + ": " + text;
    }
}
