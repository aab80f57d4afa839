package io.mha4j.base;

/** Numbers of things, for people. */
public final class Plural {
    private Plural() {}

    /** {@code 1 transaction}, {@code 2 transactions}; {@code one} is a word that an s makes many of. */
    public static String of(long number, String one) {
        return number + " " + one + (number == 1 ? "" : "s");
    }
}
