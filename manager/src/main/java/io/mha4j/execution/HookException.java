package io.mha4j.execution;

import io.mha4j.base.MhaException;

/** An operator's script did not do its part. */
final class HookException extends MhaException {
    HookException(String parameter, String sentence) {
        super(parameter + " " + sentence + "; its output is in the log, finish by hand what it should have done");
    }
}
