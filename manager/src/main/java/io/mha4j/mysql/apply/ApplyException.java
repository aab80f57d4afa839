package io.mha4j.mysql.apply;

import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.mysql.MysqlException;
import java.util.Optional;

/** An event could not be applied. Its transaction was rolled back, as far as its tables can; all before it is committed. */
public final class ApplyException extends MhaException {
    private final BinlogPosition event;
    private final int errorCode;
    private final Applied before;
    private final boolean uncertain;

    private ApplyException(String message, Place place, int errorCode, boolean uncertain) {
        super(message);
        this.event = place.event();
        this.errorCode = errorCode;
        this.before = place.before();
        this.uncertain = uncertain;
    }

    /**
     * Where applying was.
     *
     * @param event  start of the event
     * @param before what was committed before it
     */
    record Place(ServerId server, BinlogPosition event, Applied before) {
        private String sentence(String why) {
            String committed = before.end().map(e -> "committed up to " + e).orElse("nothing was committed");
            return server + ": event at " + event + ": " + why + "; " + committed;
        }
    }

    /** The server refused; {@code ending} if what it was asked ends a transaction. */
    static ApplyException refused(Place place, MysqlException cause, boolean ending) {
        boolean uncertain = ending && cause.kind() == MysqlException.Kind.UNREACHABLE;
        String why = cause.why() + (uncertain ? "; whether this one was committed is not known" : "");
        ApplyException failure =
                new ApplyException(place.sentence(cause.statement() + ": " + why), place, cause.errorCode(), uncertain);
        failure.initCause(cause);
        return failure;
    }

    /** The event cannot be applied, or must not be. */
    static ApplyException of(Place place, String why) {
        return new ApplyException(place.sentence(why), place, 0, false);
    }

    /** Start of the event in the source's binary log. */
    public BinlogPosition event() {
        return event;
    }

    /** The server's error number; 0 where there is none. */
    public int errorCode() {
        return errorCode;
    }

    /** What was committed before. */
    public Applied before() {
        return before;
    }

    /** Position behind the last committed transaction of this run; absent if there is none. */
    public Optional<BinlogPosition> lastCommit() {
        return before.end();
    }

    /** Whether the connection broke while the event's transaction was being committed, so that it may be there. */
    public boolean isUncertain() {
        return uncertain;
    }
}
