package io.mha4j.scenario;

import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.Gtids;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ServerFacts;
import io.mha4j.topology.ServerFacts.OwnBinlog;
import io.mha4j.topology.ServerFacts.Seat;
import io.mha4j.topology.ServerFacts.SemiSync;
import java.util.List;
import java.util.Optional;

/** Words of a server line that stand for what the server says about itself. */
final class FactsWords {
    private FactsWords() {}

    static ServerFacts read(ServerLine line, List<ReplicaStatus> replication, Cast cast) {
        Words words = line.words();
        return new ServerFacts(
                line.version(),
                line.serverId(),
                line.uuid(),
                words.flag("read_only", line.role() == ServerLine.Role.REPLICA),
                words.flag("super_read_only", false),
                words.flag("offline_mode", false),
                binlog(words),
                line.gtids(),
                executed(line, replication, cast),
                purged(line, cast),
                replication,
                words.flag("relay_log_purge", true),
                (int) words.number("workers", 0),
                (int) words.number("checkpoint", 0),
                words.number("sync_binlog", 1),
                words.text("event_scheduler", "OFF"),
                semiSync(
                        words.text("semisync", "unknown"),
                        words.text("acknowledgements").map(Integer::parseInt)),
                words.text("datadir", "/var/lib/mysql"),
                new Seat(
                        words.text("hostname", line.id().host()),
                        line.id().port(),
                        "/run/mysqld.pid",
                        "/run/mysqld.sock"),
                words.text("kind").map(k -> k.replace('_', ' ')));
    }

    /** A server that replicates has by default what it retrieved. */
    private static Optional<Gtids> executed(ServerLine line, List<ReplicaStatus> replication, Cast cast) {
        Optional<String> said = line.words().text("executed");
        if (!line.gtids()) {
            return Optional.empty();
        }
        return said.map(text -> cast.gtids(line, text))
                .or(() -> replication.stream()
                        .flatMap(c -> c.retrieved().stream())
                        .findFirst())
                .or(() -> Optional.of(cast.firstTen(line, line)));
    }

    private static Optional<Gtids> purged(ServerLine line, Cast cast) {
        String purged = line.words().text("purged", "");
        return line.gtids() && !line.version().isMariadb() ? Optional.of(cast.gtids(line, purged)) : Optional.empty();
    }

    private static Optional<OwnBinlog> binlog(Words words) {
        String end = words.text("log_bin", "bin.000001:1000");
        OwnBinlog binlog = new OwnBinlog(
                end.equals("off") ? new BinlogPosition("bin.000001", 4) : Cast.position(end),
                words.flag("log_slave_updates", true),
                words.text("binlog_format", "ROW"),
                words.list("binlog_do_db"),
                words.list("binlog_ignore_db"));
        return end.equals("off") ? Optional.empty() : Optional.of(binlog);
    }

    private static SemiSync semiSync(String word, Optional<Integer> waitsFor) {
        return switch (word) {
            case "unknown" -> SemiSync.UNKNOWN;
            case "off" -> new SemiSync(true, false, false, false, waitsFor);
            case "source" -> new SemiSync(true, true, false, false, waitsFor);
            case "replica" -> new SemiSync(true, false, true, true, waitsFor);
            case "enabled" -> new SemiSync(true, false, true, false, waitsFor);
            default ->
                throw new IllegalArgumentException("semisync=" + word + ": unknown, off, source, replica or enabled");
        };
    }
}
