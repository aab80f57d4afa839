package io.mha4j.mysql;

import io.mha4j.binlog.Gtids;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ServerVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The words of one flavour and version. Texts only: nothing here talks to a server. */
sealed interface Dialect permits MysqlDialect, MariadbDialect {
    static Dialect of(ServerVersion version) {
        return version.isMariadb() ? new MariadbDialect(version) : new MysqlDialect(version);
    }

    /** Which of a replica's two threads a statement is about. */
    enum Threads {
        RECEIVER(" IO_THREAD"),
        APPLIER(" SQL_THREAD"),
        BOTH("");

        private final String clause;

        Threads(String clause) {
            this.clause = clause;
        }

        String clause() {
            return clause;
        }
    }

    /** The names of columns in an answer to {@link #replicaStatus}. */
    StatusColumns columns();

    /** One row for each channel. */
    Sql replicaStatus();

    /** One row when the binary log is on, none else. */
    Sql binlogStatus();

    /** GTID variables as whole texts: {@code SHOW VARIABLES} cuts values after 1024 characters. Empty: knows none. */
    Optional<Sql> gtidState();

    /** Whether the server that answered {@link #gtidState} so gives its transactions identifiers. */
    boolean knowsGtids(Row gtidState);

    /**
     * What the row of {@link #gtidState} says was executed here; empty where it cannot be told.
     *
     * @param channels asks for the channels, after that row was seen; not always called
     */
    Optional<Gtids> executed(Row gtidState, Supplier<List<ReplicaStatus>> channels);

    /** What the row of {@link #gtidState} says was purged; empty where there is no such thing. */
    Optional<Gtids> purged(Row gtidState);

    /** Reads a GTID text of this flavour. */
    Gtids parseGtids(String text);

    /** Whether GTIDs are on, given {@code gtid_mode} or an empty text. */
    boolean gtidsOn(String gtidMode);

    Sql stop(String channel, Threads threads);

    Sql start(String channel, Threads threads);

    /** Starts executing what a channel has received, whatever state its receiver is in. */
    List<Sql> startApplier(String channel, ReplicaStatus before);

    /** Whether a parallel applier that is told to stop waits for the end of a transaction that will not come. */
    boolean stopWaitsForTransactionEnd();

    /** Whether a channel that is still shown counts as thrown away. */
    boolean isForgotten(ReplicaStatus status);

    /** Whether equal read and executed positions alone prove that everything received was executed. */
    boolean positionsProveApplied();

    /** Makes where the channel resumes by GTID true, when it changes over from file and position; often nothing. */
    List<Sql> correctResumePoint(ReplicaStatus before, Gtids executed);

    /** Throws relay logs away and keeps where to replicate from. */
    Sql clear(String channel);

    /** Throws away everything about the source. */
    List<Sql> forget(String channel);

    /** Points the channel at a source; {@code before} is its status so far. */
    Sql change(String channel, SourceTarget target, Optional<ReplicaStatus> before);

    /**
     * Asks for a channel's heartbeat period, seconds in column {@code Value}, and where there is such a thing for its algorithms of
     * compression in column {@code Compression}; empty where its status tells.
     */
    Optional<Sql> heartbeat(String channel);

    /** Waits inside the server up to {@code limit} (whole seconds count) until the transactions were executed. */
    Sql awaitGtids(Gtids gtids, Duration limit);

    /** Statements that make what was written here part of where a replica of others resumes; often none. */
    List<Sql> adoptOwnHistory();
}
