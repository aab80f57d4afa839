package io.mha4j.mysql;

import io.mha4j.base.Deadline;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What the process list says about the threads that execute received events. */
final class ApplierThreads {
    /** MySQL to 5.1, to 8.0.25 and MariaDB, from 8.0.26 on; what follows in the text differs too. */
    private static final Predicate<String> IDLE =
            Pattern.compile("(Has|Slave has|Replica has) read all relay log.*").asMatchPredicate();
    /** MySQL's and MariaDB's idle parallel workers. */
    private static final Predicate<String> IDLE_WORKER = Pattern.compile(
                    "Waiting for an event from Coordinator|Waiting for work from SQL thread")
            .asMatchPredicate();

    private static final Sql PROCESSES = Sql.of("SHOW PROCESSLIST");
    private static final Sql WORKERS = Sql.of("SHOW GLOBAL VARIABLES WHERE Variable_name IN"
            + " ('replica_parallel_workers', 'slave_parallel_threads', 'slave_parallel_workers')");

    private final ServerSession session;

    ApplierThreads(ServerSession session) {
        this.session = session;
    }

    /**
     * Whether the applier, with as many workers as are configured, waits for more to be received.
     *
     * @throws MysqlException of kind PRIVILEGE if the list is not shown to us
     */
    boolean idle(Deadline deadline) {
        List<Row> threads = threads(deadline);
        if (threads.isEmpty()) {
            throw MysqlException.of(
                    session.server(),
                    PROCESSES.shown(),
                    DriverError.privilege("the SQL thread is not shown; grant the privilege PROCESS to the account"
                            + " that we log in with"),
                    null);
        }
        return threads.stream().map(ApplierThreads::state).anyMatch(IDLE)
                && threads.stream()
                                .map(ApplierThreads::state)
                                .filter(IDLE_WORKER)
                                .count()
                        >= workers(deadline);
    }

    /** Numbers of the connections of idle appliers; one for each channel. */
    List<Long> idleAppliers(Deadline deadline) {
        return threads(deadline).stream()
                .filter(thread -> IDLE.test(state(thread)))
                .map(thread -> thread.number("Id"))
                .toList();
    }

    private List<Row> threads(Deadline deadline) {
        return session.query(PROCESSES, deadline).stream()
                .filter(row -> row.textOrEmpty("User").equals("system user"))
                .toList();
    }

    private static String state(Row thread) {
        return thread.textOrEmpty("State");
    }

    /** How many parallel workers are configured. */
    long workers(Deadline deadline) {
        return session.query(WORKERS, deadline).stream()
                .mapToLong(row -> row.number("Value"))
                .max()
                .orElse(0);
    }
}
