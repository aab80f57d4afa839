package io.mha4j.lab.bench;

import io.mha4j.lab.server.LabServer;
import java.util.Map;

/** A large binary log of one-row transactions. */
final class BigLog {
    /** Options of a server that writes it without waiting for disks, into one file. */
    static final Map<String, String> FAST =
            Map.of("sync_binlog", "0", "innodb_flush_log_at_trx_commit", "0", "max_binlog_size", "1G");

    private static final int ROW_BYTES = 1000;

    /** A transaction has an identifier, BEGIN, table, row and commit around its row. */
    private static final int TRANSACTION_BYTES = ROW_BYTES + 300;

    private static final int AT_ONCE = 10_000;

    private BigLog() {}

    /** Writes about so many megabytes. */
    static void write(LabServer source, int megabytes) {
        source.sql(
                "CREATE TABLE test.big (id INT AUTO_INCREMENT PRIMARY KEY, pad VARCHAR(2000)) ENGINE=InnoDB",
                "CREATE PROCEDURE test.fill(n INT) BEGIN DECLARE i INT DEFAULT 0; WHILE i < n DO"
                        + " INSERT INTO test.big (pad) VALUES (REPEAT(CHAR(65 + i % 26), " + ROW_BYTES
                        + ")); SET i = i + 1; END WHILE; END");
        long rows = megabytes * 1_000_000L / TRANSACTION_BYTES;
        for (long done = 0; done < rows; done += AT_ONCE) {
            source.sql("CALL test.fill(" + AT_ONCE + ")");
        }
    }
}
