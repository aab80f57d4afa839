package io.mha4j.base;

/** A monotonic tick in nanoseconds, never wall time: a jump of the clock neither ends nor stretches a wait. */
@FunctionalInterface
public interface Ticks {
    /** Nanoseconds since an arbitrary origin; only differences mean something. */
    long nanos();
}
