package io.mha4j.base;

/** Text that must not reach a log, a report, a page or an argument list. */
public record Secret(String reveal) {
    /** The absent password, which MySQL treats as an empty one. */
    public static final Secret EMPTY = new Secret("");

    @Override
    public String toString() {
        return "***";
    }
}
