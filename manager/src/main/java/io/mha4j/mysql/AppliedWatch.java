package io.mha4j.mysql;

import io.mha4j.base.Deadline;
import io.mha4j.topology.ReplicaStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Watches an applier come to the end of what was received. Three signs, the surest first: the executed position is the
 * read one; with auto-positioning everything retrieved is executed; the applier and its workers say that they idle (the
 * only sign when the relay log ends inside a transaction). Used by one thread, for one wait.
 */
final class AppliedWatch {
    static final String DOING = "waiting until received events are executed";

    /** MySQL to 5.1, to 8.0.25 and MariaDB, from 8.0.26 on; what follows in the text differs too. */
    private static final Pattern IDLE = Pattern.compile("(Has|Slave has|Replica has) read all relay log.*");
    /** MySQL's and MariaDB's idle parallel workers. */
    private static final Pattern IDLE_WORKER =
            Pattern.compile("Waiting for an event from Coordinator|Waiting for work from SQL thread");

    /**
     * An idle state counts only when nothing moved for this long: the thread may not have woken up yet, and parallel
     * appliers publish their position every 300 ms (slave_checkpoint_period).
     */
    private static final long SETTLED = Duration.ofMillis(400).toNanos();

    private static final Sql PROCESSES = Sql.of("SHOW PROCESSLIST");
    private static final Sql WORKERS = Sql.of("SHOW GLOBAL VARIABLES WHERE Variable_name IN"
            + " ('replica_parallel_workers', 'slave_parallel_threads', 'slave_parallel_workers')");

    private final ServerSession session;
    private final Deadline deadline;
    private Optional<ReplicaStatus> idle = Optional.empty();
    private long idleSince;

    AppliedWatch(ServerSession session, Deadline deadline) {
        this.session = session;
        this.deadline = deadline;
    }

    boolean isOver(ReplicaStatus status) {
        failIfSenseless(status);
        return appliedAllItRead(status) || executedAllRetrieved(status) || idlesSettled(status);
    }

    private void failIfSenseless(ReplicaStatus status) {
        if (status.applier().failed()) {
            throw MysqlException.ofReplication(
                    session.server(),
                    DOING,
                    status.applier().errorCode(),
                    status.applier().error());
        }
        if (!status.receiver().word().equals("No")) {
            throw MysqlException.notAsAsked(session.server(), DOING, "its I/O thread still runs; stop it first");
        }
        if (!status.applier().running()) {
            throw MysqlException.notAsAsked(session.server(), DOING, "its SQL thread is stopped; start it first");
        }
    }

    private boolean appliedAllItRead(ReplicaStatus status) {
        return status.appliedAllItRead() && (session.dialect().positionsProveApplied() || idles());
    }

    private boolean executedAllRetrieved(ReplicaStatus status) {
        return status.autoPosition()
                && status.retrieved()
                        .filter(retrieved -> !retrieved.isEmpty())
                        .flatMap(retrieved -> session.executed(deadline).map(all -> all.covers(retrieved)))
                        .orElse(false);
    }

    private boolean idlesSettled(ReplicaStatus status) {
        long now = deadline.ticks().nanos();
        if (!idles()) {
            idle = Optional.empty();
        } else if (idle.filter(before -> samePlace(before, status)).isEmpty()) {
            idle = Optional.of(status);
            idleSince = now;
        }
        return idle.isPresent() && now - idleSince >= SETTLED;
    }

    private static boolean samePlace(ReplicaStatus a, ReplicaStatus b) {
        return a.applied().equals(b.applied()) && a.relayLog().equals(b.relayLog());
    }

    private boolean idles() {
        List<String> states = session.query(PROCESSES, deadline).stream()
                .filter(row -> row.textOrEmpty("User").equals("system user"))
                .map(row -> row.textOrEmpty("State"))
                .toList();
        if (states.isEmpty()) {
            throw MysqlException.notAsAsked(
                    session.server(), PROCESSES.shown(), "the SQL thread is not shown; grant the privilege PROCESS");
        }
        return states.stream().anyMatch(IDLE.asMatchPredicate())
                && states.stream().filter(IDLE_WORKER.asMatchPredicate()).count() >= workers();
    }

    private long workers() {
        return session.query(WORKERS, deadline).stream()
                .mapToLong(row -> row.number("Value"))
                .max()
                .orElse(0);
    }
}
