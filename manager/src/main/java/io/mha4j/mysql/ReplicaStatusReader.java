package io.mha4j.mysql;

import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.Gtids;
import io.mha4j.mysql.SourceTarget.Link;
import io.mha4j.mysql.SourceTarget.Tls;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ReplicaStatus.Filters;
import io.mha4j.topology.ReplicaStatus.RelayPosition;
import io.mha4j.topology.ReplicaStatus.ThreadState;
import io.mha4j.topology.ServerIdentity;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** From a row of replication status to {@link ReplicaStatus}. Pure. */
final class ReplicaStatusReader {
    private final Dialect dialect;
    private final StatusColumns columns;

    ReplicaStatusReader(Dialect dialect) {
        this.dialect = dialect;
        this.columns = dialect.columns();
    }

    /** Every channel that the server still knows. */
    List<ReplicaStatus> channels(List<Row> rows) {
        return rows.stream()
                .map(this::read)
                .filter(status -> !dialect.isForgotten(status))
                .toList();
    }

    /**
     * How the channel keeps in touch with its source; empty if there is no such channel.
     *
     * @param more what the status does not tell
     */
    Optional<Link> link(List<Row> rows, String channel, Optional<Row> more) {
        return rows.stream()
                .filter(row -> row.textOrEmpty(columns.channel()).equals(channel))
                .findFirst()
                .map(row -> new Link(
                        Optional.of(new Tls(says(row, columns.ssl()), says(row, columns.sslChecked()))),
                        Optional.of(Duration.ofSeconds(row.number("Connect_Retry"))),
                        row.text("Slave_heartbeat_period")
                                .or(() -> more.flatMap(m -> m.text("Value")))
                                .map(ReplicaStatusReader::seconds),
                        Optional.of(Duration.ofSeconds(row.number("SQL_Delay"))),
                        more.flatMap(m -> m.text("Compression"))
                                .filter(names -> !names.isBlank() && !names.contains(Link.UNCOMPRESSED))));
    }

    private static boolean says(Row row, String column) {
        return row.textOrEmpty(column).equals("Yes");
    }

    private static Duration seconds(String text) {
        return Duration.ofMillis(new BigDecimal(text).movePointRight(3).longValue());
    }

    private ReplicaStatus read(Row row) {
        return new ReplicaStatus(
                row.textOrEmpty(columns.channel()),
                row.textOrEmpty(columns.sourceHost()),
                (int) row.number(columns.sourcePort()),
                row.textOrEmpty(columns.sourceUser()),
                thread(row, columns.receiverRunning(), "Last_IO_"),
                thread(row, columns.applierRunning(), "Last_SQL_"),
                position(row, columns.readFile(), columns.readOffset()),
                position(row, columns.appliedFile(), columns.appliedOffset()),
                relay(row),
                autoPosition(row),
                retrieved(row),
                Duration.ofSeconds(row.number("SQL_Delay")),
                row.text(columns.lag()).map(Long::parseLong).map(Duration::ofSeconds),
                says(row, columns.ssl()),
                filters(row),
                new ServerIdentity(row.number(columns.sourceId()), row.text(columns.sourceUuid())));
    }

    private static ThreadState thread(Row row, String running, String error) {
        String word = row.textOrEmpty(running);
        return new ThreadState(
                word.equals("Yes"), word, (int) row.number(error + "Errno"), row.textOrEmpty(error + "Error"));
    }

    /** Before the first connection the file is empty, or the offset is still that of the magic number or less. */
    private static Optional<BinlogPosition> position(Row row, String file, String offset) {
        return row.text(file)
                .filter(name -> name.matches(".*\\.\\d+") && row.number(offset) >= 4)
                .map(name -> new BinlogPosition(name, row.number(offset)));
    }

    private static Optional<RelayPosition> relay(Row row) {
        return row.text("Relay_Log_File")
                .filter(name -> !name.isEmpty())
                .map(name -> new RelayPosition(name, row.number("Relay_Log_Pos")));
    }

    private static boolean autoPosition(Row row) {
        return row.textOrEmpty("Auto_Position").equals("1")
                || row.text("Using_Gtid").filter(word -> !word.equals("No")).isPresent();
    }

    /** MySQL says an empty set for "nothing yet"; MariaDB says nothing unless it positions by GTID. */
    private Optional<Gtids> retrieved(Row row) {
        return row.text("Retrieved_Gtid_Set")
                .or(() -> row.text("Gtid_IO_Pos").filter(text -> !text.isEmpty()))
                .map(dialect::parseGtids);
    }

    private static Filters filters(Row row) {
        return new Filters(
                names(row.textOrEmpty("Replicate_Do_DB")),
                names(row.textOrEmpty("Replicate_Ignore_DB")),
                names(row.textOrEmpty("Replicate_Do_Table")),
                names(row.textOrEmpty("Replicate_Ignore_Table")),
                names(row.textOrEmpty("Replicate_Wild_Do_Table")),
                names(row.textOrEmpty("Replicate_Wild_Ignore_Table")));
    }

    /** Splits a comma list; sorted, without duplicates. */
    static List<String> names(String list) {
        return Stream.of(list.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }
}
