package io.mha4j.lab.probe;

import io.mha4j.lab.server.LabServer;
import io.mha4j.lab.server.ServerKind;
import io.mha4j.lab.tree.Tree;

/** What the source writes before it dies: something of every kind that its binary log may hold. */
final class FeedWrites {
    private final LabServer source;
    private final ServerKind kind;

    FeedWrites(Tree tree) {
        source = tree.source();
        kind = source.kind();
    }

    /** What both replicas get. */
    void first() {
        source.sql(
                "CREATE TABLE test.f (id INT PRIMARY KEY AUTO_INCREMENT, n DOUBLE, t LONGBLOB) ENGINE=InnoDB",
                "INSERT INTO test.f (n, t) VALUES (1, 'one'), (2, 'two')");
    }

    /** What one of them gets; in the middle the source goes to another file. */
    void second() {
        for (int i = 0; i < 50; i++) {
            source.sql("INSERT INTO test.f (n, t) VALUES (" + i + ", REPEAT('s', 100))");
        }
        source.sql("FLUSH LOGS");
        mixture(2);
    }

    /** What none of them gets; over three files, the last with other checksums where there are any. */
    void third() {
        mixture(3);
        source.sql("FLUSH LOGS", "FLUSH LOGS");
        mixture(4);
        if (kind != ServerKind.MYSQL_5_5) {
            source.sql("SET GLOBAL binlog_checksum = IF(@@global.binlog_checksum = 'NONE', 'CRC32', 'NONE')");
            mixture(5);
        }
    }

    private void mixture(int mark) {
        source.sql(
                "SET @v = " + mark + ", @w = X'00275C0A0D'",
                "INSERT INTO test.f (n, t) VALUES (@v, @w), (@v + 1, 'it''s; \\\\')",
                "BEGIN",
                "INSERT INTO test.f (n, t) VALUES (" + mark + ", REPEAT('b', 300000))",
                "SAVEPOINT a",
                "INSERT INTO test.f (n, t) VALUES (0, 'rolled back')",
                "ROLLBACK TO a",
                "UPDATE test.f SET n = n + 1 WHERE id < 10",
                "COMMIT",
                "CREATE TABLE test.g" + mark + " (id INT PRIMARY KEY, at TIMESTAMP NOT NULL) ENGINE=InnoDB",
                "INSERT INTO test.g" + mark + " VALUES (1, NOW()), (2, NOW())",
                "DELETE FROM test.f WHERE n = 7");
    }
}
