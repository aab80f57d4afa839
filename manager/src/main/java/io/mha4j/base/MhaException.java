package io.mha4j.base;

import java.util.Objects;

/**
 * The world did not do as told: the root of this program's exceptions. A message names the thing, the value and the way
 * out in one sentence, and never holds a secret.
 */
public abstract class MhaException extends RuntimeException {
    protected MhaException(String message) {
        super(message);
    }

    protected MhaException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The sentence for the operator; never null. */
    @Override
    public String getMessage() {
        return Objects.requireNonNullElse(super.getMessage(), "no message");
    }
}
