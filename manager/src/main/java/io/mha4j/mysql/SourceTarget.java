package io.mha4j.mysql;

import io.mha4j.base.Secret;
import io.mha4j.binlog.BinlogPosition;
import java.util.Optional;

/**
 * Where a replica is to replicate from.
 *
 * @param host     host name or address as the replica should use it
 * @param user     account to log in with
 * @param password its password; absent: the replica keeps the one it has
 * @param start    where in the source's history to start
 */
public record SourceTarget(String host, int port, String user, Optional<Secret> password, Start start) {
    public SourceTarget {
        if (host.isBlank() || user.isBlank()) {
            throw new IllegalArgumentException("a replication source needs a host and an account");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " of " + host + " is not between 1 and 65535");
        }
        // Servers keep these line by line in a file: a line break would move every later setting by one line.
        if (hasControl(host)
                || hasControl(user)
                || password.map(Secret::reveal).filter(SourceTarget::hasControl).isPresent()) {
            throw new IllegalArgumentException(
                    "host, account or password of source " + port + " holds a control character");
        }
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(c -> c < ' ');
    }

    /** Where a replica starts to read. */
    public sealed interface Start {
        /** From a place in the source's binary log; GTID auto-positioning is switched off. */
        record FilePosition(BinlogPosition position) implements Start {}

        /**
         * From wherever the replica's own GTIDs end: MySQL {@code AUTO_POSITION=1}, MariaDB
         * {@code MASTER_USE_GTID=slave_pos}.
         */
        record AutoPosition() implements Start {}
    }
}
