package io.mha4j.execution;

import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import java.util.Optional;

/** A server is not where, or what, it must be for the next step; going on would lose or repeat transactions, or undo what somebody did. */
final class NotLevelException extends MhaException {
    private NotLevelException(String message) {
        super(message);
    }

    static NotLevelException at(ServerId server, Optional<BinlogPosition> here, BinlogPosition there) {
        return new NotLevelException(server + " has executed up to "
                + here.map(BinlogPosition::toString).orElse("an unknown place")
                + " of the old source's binary log, but the new source up to " + there
                + "; it was left as it is, level it by hand before you re-point it");
    }

    static NotLevelException closed(ServerId server) {
        return new NotLevelException(
                server + " is read-only, and not because it was started anew since it was opened: somebody"
                        + " closed it; if it is to be the master, set read_only=0 there");
    }

    static NotLevelException closedOrRestarted(ServerId server) {
        return new NotLevelException(
                server
                        + " is read-only; whether it was started anew since it was opened or somebody closed it cannot be"
                        + " told, since the process that opened it has ended; if it is to be the master, set read_only=0 there");
    }

    static NotLevelException follows(ServerId server, String source) {
        return new NotLevelException(server + " is read-only and replicates from " + source
                + "; if it is to be the master, stop its replication and set read_only=0 there");
    }

    static NotLevelException noReplica(ServerId server) {
        return new NotLevelException(server + " is no replica any more; somebody changed it during the failover");
    }
}
