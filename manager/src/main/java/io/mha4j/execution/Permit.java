package io.mha4j.execution;

/** The right of this manager to change servers. Asked before every step. */
@FunctionalInterface
public interface Permit {
    /**
     * Returns when this manager may still act.
     *
     * @throws io.mha4j.base.MhaException if it may not any more, saying why
     */
    void requireHeld();
}
