package io.mha4j.execution;

import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;

/** A replica cannot be given what was saved; it was left as it is. */
final class LevellingException extends MhaException {
    LevellingException(ServerId server, String why) {
        super(server + " cannot be levelled: " + why);
    }
}
