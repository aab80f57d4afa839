package io.mha4j.decision.death;

/** What has become of a process. */
public enum Fate {
    /** There is none with its number that began when it did, or only its remains. */
    GONE,
    ALIVE,
    UNKNOWN;

    /** Whether it has ended. */
    public Proof gone(long pid) {
        return switch (this) {
            case GONE -> new Proof.Shown("process " + pid + " has ended");
            case ALIVE -> new Proof.Refuted("process " + pid + " still exists");
            case UNKNOWN -> new Proof.Unknown("it cannot be told whether process " + pid + " still exists");
        };
    }
}
