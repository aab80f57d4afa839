package io.mha4j.base;

/** The thread was told to end; the interrupt flag has been set again. */
public final class InterruptedWork extends MhaException {
    private InterruptedWork(String what, InterruptedException cause) {
        super(what + " was interrupted", cause);
    }

    /** Sets the thread's interrupt flag again and answers what to throw. */
    public static InterruptedWork during(String what, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new InterruptedWork(what, cause);
    }
}
