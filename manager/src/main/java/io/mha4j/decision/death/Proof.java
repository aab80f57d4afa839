package io.mha4j.decision.death;

/** The answer to one question, with a clause that tells what was seen. */
public sealed interface Proof {
    String what();

    /** It is so. */
    record Shown(String what) implements Proof {}

    /** It is not so. */
    record Refuted(String what) implements Proof {}

    /** It cannot be told. */
    record Unknown(String what) implements Proof {}
}
