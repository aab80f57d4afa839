package io.mha4j.config;

/** Where an effective value came from. */
public sealed interface Origin {
    /** As the operator reads it behind a value. */
    String text();

    /** A line of a file, or of the output of {@code init_conf_load_script}. */
    record Line(String file, int line) implements Origin {
        @Override
        public String text() {
            return file + ":" + line;
        }
    }

    /** Nobody set it. */
    record BuiltIn() implements Origin {
        @Override
        public String text() {
            return "default";
        }
    }

    /** Computed from something else, for example "hostname resolved". */
    record Derived(String text) implements Origin {}
}
