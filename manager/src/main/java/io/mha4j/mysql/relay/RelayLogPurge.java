package io.mha4j.mysql.relay;

import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.base.MhaException;
import io.mha4j.base.Sleeper;
import io.mha4j.mysql.MysqlException;
import io.mha4j.mysql.ReplicationControl;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.Sql;
import io.mha4j.topology.ReplicaStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets a replica delete the relay logs that it has executed, although {@code relay_log_purge} is off so that others can be
 * levelled from them. A failover and a purge exclude each other by a named lock on the server (MHA 0.58).
 */
public final class RelayLogPurge {
    private static final Sql PURGING = Sql.of("SELECT @@global.relay_log_purge");
    private static final Sql SOCKET = Sql.of("SELECT IF(@@global.socket LIKE '/%', @@global.socket,"
            + " CONCAT(@@global.datadir, NULLIF(@@global.socket, '')))");
    private static final Sql PURGE = Sql.of("SET GLOBAL relay_log_purge=1");
    private static final Sql KEEP = Sql.of("SET GLOBAL relay_log_purge=0");
    private static final Sql FLUSH = Sql.of("FLUSH NO_WRITE_TO_BINLOG /*!50501 RELAY */ LOGS");

    private static final String LOCK = "MHA_Master_High_Availability_Failover";
    private static final Duration WAIT_FOR_LOCK = Duration.ofSeconds(200);

    /** The applier deletes them a moment later, when it comes to the end of the one it reads. */
    private static final Duration FOR_THE_APPLIER = Duration.ofSeconds(3);

    private static final Duration FOR_RESTORING = Duration.ofSeconds(20);

    private final ServerSession session;
    private final Function<Deadline, ServerSession> another;
    private final Sleeper sleeper;

    /** @param another opens one more session, for when this one breaks */
    public RelayLogPurge(ServerSession session, Function<Deadline, ServerSession> another, Sleeper sleeper) {
        this.session = session;
        this.another = another;
        this.sleeper = sleeper;
    }

    /**
     * Where relay logs are.
     *
     * @param directory absolute
     * @param current   the one that the applier reads
     */
    public record Place(String directory, String current) {
        /** What the names of all of them begin with, before the dot. */
        public String base() {
            return current.substring(0, current.lastIndexOf('.'));
        }
    }

    /** Those of the server's only channel; nothing if it replicates by none or several. */
    public Optional<Place> place(Deadline deadline) {
        List<ReplicaStatus> channels = session.channels(deadline);
        if (channels.size() != 1) {
            return Optional.empty();
        }
        String directory =
                new ReplicationControl(session, channels.get(0).channel(), sleeper).relayLogDirectory(deadline);
        return channels.get(0).relayLog().map(at -> new Place(directory, at.file()));
    }

    /** Absolute path of the server's socket; empty if it has none. */
    public Optional<String> socket(Deadline deadline) {
        return session.value(SOCKET, deadline);
    }

    /** Whether the server deletes relay logs by itself. */
    public boolean isAutomatic(Deadline deadline) {
        return session.value(PURGING, deadline).filter("1"::equals).isPresent();
    }

    /** Makes the server keep relay logs until the next {@link #purge}. */
    public void keep(Deadline deadline) {
        session.execute(KEEP, deadline);
    }

    /** Excludes a failover; false if one holds the lock all the time. */
    public boolean lock(Deadline deadline) {
        return session.acquireLock(LOCK, WAIT_FOR_LOCK, deadline);
    }

    public void unlock(Deadline deadline) {
        session.releaseLock(LOCK, deadline);
    }

    /** Lets the server delete what it has executed. Whatever happens, it is told to keep relay logs again afterwards. */
    public void purge(Deadline deadline) {
        MhaException failure = null;
        try {
            session.execute(PURGE, deadline);
            session.execute(FLUSH, deadline);
            sleeper.sleep(FOR_THE_APPLIER);
        } catch (InterruptedException e) {
            failure = InterruptedWork.during("purging relay logs of " + session.server(), e);
        } catch (MysqlException e) {
            failure = e;
        }
        keepAgain(failure, deadline);
    }

    private void keepAgain(@Nullable MhaException failure, Deadline deadline) {
        try {
            keep(Deadline.in(FOR_RESTORING, deadline.ticks()));
        } catch (MysqlException e) {
            keepByAnother(failure == null ? e : failure, Deadline.in(FOR_RESTORING, deadline.ticks()));
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Else the server would go on deleting relay logs by itself, and the next purge would leave it so. */
    private void keepByAnother(MhaException failure, Deadline deadline) {
        try (ServerSession other = another.apply(deadline)) {
            other.execute(KEEP, deadline);
        } catch (MysqlException e) {
            failure.addSuppressed(e);
        }
        throw failure;
    }
}
