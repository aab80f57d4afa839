package io.mha4j.mysql.online;

import io.mha4j.base.Deadline;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.Sql;
import java.time.Duration;
import java.util.Optional;

/** Waits inside a replica, which wakes us at once, until it has executed everything up to a place of its source's log. */
public final class PositionWait {
    /** Slices, because the server counts whole seconds. */
    private static final Duration SLICE = Duration.ofSeconds(1);
    /** A server that answers no slice by then is gone, however long the whole may take. */
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final ServerSession session;
    private final String channel;

    /** @param channel empty for the default channel */
    public PositionWait(ServerSession session, String channel) {
        this.session = session;
        this.channel = channel;
    }

    /**
     * Returns when everything before {@code place} is executed.
     *
     * @throws io.mha4j.mysql.MysqlException of kind OUTCOME if the applier does not run, or the time is up
     */
    public void until(BinlogPosition place, Deadline deadline) {
        String function = session.version().isMysqlFrom(8, 0, 26) ? "SOURCE_POS_WAIT" : "MASTER_POS_WAIT";
        String named = channel.isEmpty() ? "" : ", " + Sql.literal(channel);
        Sql sql = Sql.of("SELECT %s(%s, %d, %d%s)"
                .formatted(function, Sql.literal(place.file()), place.offset(), SLICE.toSeconds(), named));
        String doing = "waiting until events up to " + place + " are executed";
        while (true) {
            Optional<String> answer = session.value(sql, Deadline.in(ANSWER, deadline.ticks()));
            if (answer.isEmpty()) {
                throw session.notAsAsked(doing, "its SQL thread does not run");
            }
            if (!answer.get().startsWith("-")) {
                return;
            }
            if (deadline.isOver()) {
                throw session.notAsAsked(doing, "not executed in time");
            }
        }
    }
}
