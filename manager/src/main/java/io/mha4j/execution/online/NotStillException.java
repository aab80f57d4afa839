package io.mha4j.execution.online;

import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.mysql.SourceControl.Coordinates;

/** A server's history went on where it had to stand still. */
final class NotStillException extends MhaException {
    NotStillException(ServerId server, Coordinates then, Coordinates now) {
        super(server + " was written to: its binary log ended at " + then.position() + " and ends at "
                + now.position());
    }

    /** Nobody can tell whether it did. */
    NotStillException(ServerId server, String why) {
        super(server + ": " + why);
    }
}
