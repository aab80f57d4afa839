package io.mha4j.lab.tree;

import io.mha4j.base.Deadline;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.lab.base.LabException;
import io.mha4j.lab.base.Waiter;
import io.mha4j.lab.server.Account;
import io.mha4j.lab.server.LabServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Replication of one server, in the words of its version. Nothing is cached: each answer is the server's own. */
public final class Replication {
    private final LabServer server;
    private final boolean newWords;
    private final Waiter waiter = Waiter.real();

    private Replication(LabServer server) {
        this.server = server;
        this.newWords = server.kind().saysReplica();
    }

    /** Replication as {@code server} does it. */
    public static Replication of(LabServer server) {
        return new Replication(server);
    }

    /** Where this server writes its binary log now. */
    public BinlogPosition end() {
        Map<String, String> row = server.row(newWords ? "SHOW BINARY LOG STATUS" : "SHOW MASTER STATUS")
                .orElseThrow(() -> new LabException(server + " has no binary log"));
        return new BinlogPosition(row.getOrDefault("File", ""), Long.parseLong(row.getOrDefault("Position", "")));
    }

    /** Follows {@code source} from {@code start} on, by file and position. Threads must be stopped. */
    public void follow(LabServer source, BinlogPosition start) {
        List<String> words = wordsTo(source);
        words.add("%s_LOG_FILE='%s'".formatted(word(), start.file()));
        words.add("%s_LOG_POS=%d".formatted(word(), start.offset()));
        if (server.kind().isMariadb()) {
            words.add("MASTER_USE_GTID=no");
        }
        change(words);
    }

    /** Follows {@code source} by GTID. Threads must be stopped. */
    public void followByGtid(LabServer source) {
        List<String> words = wordsTo(source);
        words.add(server.kind().isMariadb() ? "MASTER_USE_GTID=slave_pos" : word() + "_AUTO_POSITION=1");
        change(words);
    }

    private List<String> wordsTo(LabServer source) {
        List<String> words = new ArrayList<>();
        words.add("%s_HOST='%s'".formatted(word(), source.host()));
        words.add("%s_PORT=%d".formatted(word(), source.port()));
        words.add("%s_USER='%s'".formatted(word(), Account.REPL.user()));
        words.add("%s_PASSWORD='%s'".formatted(word(), Account.REPL.password()));
        words.add("%s_CONNECT_RETRY=1".formatted(word()));
        if (newWords) {
            // Their default gives up after 10 attempts, which at one per second is before a case is done.
            words.add("SOURCE_RETRY_COUNT=86400");
        }
        if (server.kind().usesCachingSha2()) {
            words.add("GET_%s_PUBLIC_KEY=1".formatted(word()));
        }
        return words;
    }

    private void change(List<String> words) {
        server.sql((newWords ? "CHANGE REPLICATION SOURCE TO " : "CHANGE MASTER TO ") + String.join(", ", words));
    }

    private String word() {
        return newWords ? "SOURCE" : "MASTER";
    }

    /** Starts both threads. */
    public void start() {
        server.sql(newWords ? "START REPLICA" : "START SLAVE");
    }

    /** Stops both threads. */
    public void stop() {
        server.sql(newWords ? "STOP REPLICA" : "STOP SLAVE");
    }

    /** Stops the thread that receives; what it has received is kept and applied. */
    public void stopReceiving() {
        server.sql(newWords ? "STOP REPLICA IO_THREAD" : "STOP SLAVE IO_THREAD");
    }

    /** Stops the thread that applies. */
    public void stopApplying() {
        server.sql(newWords ? "STOP REPLICA SQL_THREAD" : "STOP SLAVE SQL_THREAD");
    }

    /** Its status as a replica; empty if it is none. */
    public Optional<Status> status() {
        return server.row(newWords ? "SHOW REPLICA STATUS" : "SHOW SLAVE STATUS")
                .map(row -> newWords ? read(row, "Source", "Replica") : read(row, "Master", "Slave"));
    }

    private static Status read(Map<String, String> row, String source, String replica) {
        return new Status(
                column(row, source + "_Host") + ":" + column(row, source + "_Port"),
                column(row, replica + "_IO_Running").equals("Yes"),
                column(row, replica + "_SQL_Running").equals("Yes"),
                position(column(row, source + "_Log_File"), column(row, "Read_" + source + "_Log_Pos")),
                position(column(row, "Relay_" + source + "_Log_File"), column(row, "Exec_" + source + "_Log_Pos")),
                (column(row, "Last_IO_Error") + " " + column(row, "Last_SQL_Error")).strip());
    }

    private static String column(Map<String, String> row, String name) {
        return Optional.ofNullable(row.get(name))
                .orElseThrow(() -> new LabException("the replica status has no column " + name));
    }

    private static Optional<BinlogPosition> position(String file, String offset) {
        return file.isEmpty() || Long.parseLong(offset) < 4
                ? Optional.empty()
                : Optional.of(new BinlogPosition(file, Long.parseLong(offset)));
    }

    /**
     * What a replica says of itself.
     *
     * @param source  {@code host:port} it follows
     * @param read    how far it has received; absent before its first event
     * @param applied how far it has executed; absent before its first event
     * @param errors  last errors of both threads, empty if none
     */
    public record Status(
            String source,
            boolean receiving,
            boolean applying,
            Optional<BinlogPosition> read,
            Optional<BinlogPosition> applied,
            String errors) {
        /** Whether it follows {@code server} with both threads. */
        public boolean follows(LabServer server) {
            return receiving && applying && source.equals(server.host() + ":" + server.port());
        }

        /**
         * Whether it follows nobody although a row is shown: MySQL before 5.5.16 has no {@code RESET SLAVE ALL} and keeps a
         * name in memory until it is restarted.
         */
        public boolean isForgotten() {
            return !receiving && !applying && read.isEmpty();
        }
    }

    /**
     * Waits until this replica has executed everything that {@code source} has in its binary log now.
     *
     * @throws LabException if it has not in time; quotes its status
     */
    public void awaitCaughtUp(LabServer source, Duration limit) {
        BinlogPosition goal = Replication.of(source).end();
        Deadline deadline = waiter.in(limit);
        boolean there = waiter.until(deadline, () -> status().flatMap(Status::applied)
                .filter(at -> at.isAtOrAfter(goal))
                .isPresent());
        if (!there) {
            throw new LabException("%s has not executed %s of %s after %d ms: %s"
                    .formatted(server, goal, source, limit.toMillis(), status()));
        }
    }
}
