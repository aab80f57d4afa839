package io.mha4j.lab.oracle;

import io.mha4j.lab.base.LabException;
import io.mha4j.lab.server.Account;
import io.mha4j.lab.server.LabServer;
import io.mha4j.lab.server.ServerKind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Statements that bring every kind of event into a binary log that a server of this kind writes. */
final class Workload {
    private final LabServer source;
    private final ServerKind kind;

    Workload(LabServer source) {
        this.source = source;
        this.kind = source.kind();
    }

    /** Tables for the rest. */
    void prepare() {
        source.sql(
                "CREATE TABLE test.i (id INT AUTO_INCREMENT PRIMARY KEY, a VARCHAR(200), b DOUBLE, c BLOB) ENGINE=InnoDB",
                "CREATE TABLE test.m (id INT AUTO_INCREMENT PRIMARY KEY, a VARCHAR(200)) ENGINE=MyISAM",
                "CREATE PROCEDURE test.fill(n INT) BEGIN DECLARE i INT DEFAULT 0; SET autocommit = 0; WHILE i < n DO"
                        + " INSERT INTO test.i (a) VALUES (CONCAT('row ', i)); SET i = i + 1;"
                        + " IF i % 10 = 0 THEN COMMIT; END IF; END WHILE; COMMIT; SET autocommit = 1; END");
    }

    /** So many statements of one row, ten in a transaction; a server writes two to four events for each. */
    void many(int statements) {
        source.sql("CALL test.fill(" + statements + ")");
    }

    /** One of each; {@code blocks} is a file that is loaded. */
    void variety(Path blocks) {
        source.sql(
                "INSERT INTO test.i (a, b) VALUES ('one', RAND())",
                "BEGIN",
                "SET @name = 'two; -- ''quoted''', @n = 17, @none = NULL",
                "INSERT INTO test.i (a, b) VALUES (@name, @n)",
                "SAVEPOINT s1",
                "INSERT INTO test.i (a) VALUES ('gone')",
                "ROLLBACK TO SAVEPOINT s1",
                "UPDATE test.i SET a = CONCAT(a, '!') WHERE id = 1",
                "COMMIT",
                "INSERT INTO test.m (a) VALUES ('not transactional')",
                "SET SESSION time_zone = '+03:00', SESSION sql_mode = 'ANSI_QUOTES'",
                "INSERT INTO test.m (a) VALUES (NOW())",
                "DELETE FROM test.i WHERE id = 1",
                "CREATE TABLE test.d (x INT)",
                "ALTER TABLE test.d ADD y INT",
                "DROP TABLE test.d");
        mixedEngines();
        load(blocks);
        preparedTransactions();
        ofThisKind();
    }

    /** Rolled back, but one table cannot. */
    private void mixedEngines() {
        ignoringRefusals(
                "BEGIN",
                "INSERT INTO test.i (a) VALUES ('rolled back')",
                "INSERT INTO test.m (a) VALUES ('stays')",
                "ROLLBACK",
                "CREATE TEMPORARY TABLE test.tmp (x INT) ENGINE=MyISAM",
                "INSERT INTO test.tmp VALUES (1), (2)",
                "INSERT INTO test.i (b) SELECT x FROM test.tmp",
                "DROP TEMPORARY TABLE test.tmp");
    }

    private void load(Path blocks) {
        ignoringRefusals("LOAD DATA INFILE '" + blocks + "' INTO TABLE test.i (a)");
    }

    private void preparedTransactions() {
        ignoringRefusals("XA START 'x1'", "INSERT INTO test.i (a) VALUES ('xa')", "XA END 'x1'", "XA PREPARE 'x1'");
        ignoringRefusals("XA COMMIT 'x1'");
        ignoringRefusals(
                "XA START 'x2','b'",
                "INSERT INTO test.i (a) VALUES ('xa gone')",
                "XA END 'x2','b'",
                "XA PREPARE 'x2','b'",
                "XA ROLLBACK 'x2','b'");
        ignoringRefusals(
                "XA START 'x3'",
                "INSERT INTO test.i (a) VALUES ('xa once')",
                "XA END 'x3'",
                "XA COMMIT 'x3' ONE PHASE");
    }

    private void ofThisKind() {
        switch (kind) {
            case MYSQL_5_5 -> {}
            case MYSQL_5_6, MYSQL_5_7 ->
                ignoringRefusals(
                        "SET SESSION binlog_rows_query_log_events = 1",
                        "INSERT INTO test.i (a) VALUES ('with its statement')");
            case MYSQL_8_0, MYSQL_9_7 -> newMysql();
            case MARIADB_10_11, MARIADB_11_4 -> mariadb();
        }
    }

    private void newMysql() {
        ignoringRefusals(
                "CREATE TABLE test.j (id INT PRIMARY KEY, doc JSON)",
                "SET SESSION binlog_row_value_options = PARTIAL_JSON",
                "INSERT INTO test.j VALUES (1, CONCAT('{\"a\": 1, \"pad\": \"', REPEAT('x', 300), '\"}'))",
                "UPDATE test.j SET doc = JSON_SET(doc, '$.a', 2)");
        ignoringRefusals(
                "SET SESSION binlog_transaction_compression = ON",
                "INSERT INTO test.i (a) VALUES (REPEAT('compressed ', 15))");
        ignoringRefusals("CREATE TABLE test.s (PRIMARY KEY (id)) SELECT id, a FROM test.i LIMIT 2");
        ignoringRefusals(
                "SET SESSION gtid_next = 'AUTOMATIC:backup'",
                "INSERT INTO test.i (a) VALUES ('tagged')",
                "INSERT INTO test.i (a) VALUES ('tagged again')",
                "CREATE TABLE test.g (x INT PRIMARY KEY)");
    }

    private void mariadb() {
        ignoringRefusals(
                "SET SESSION gtid_domain_id = 7",
                "INSERT INTO test.i (a) VALUES ('another domain')",
                "INSERT INTO test.m (a) VALUES ('another domain')");
        ignoringRefusals("CREATE TABLE test.s (PRIMARY KEY (id)) SELECT id, a FROM test.i LIMIT 2");
        ignoringRefusals(
                "SET GLOBAL log_bin_compress = 1",
                "INSERT INTO test.i (a, c) VALUES ('compressed', REPEAT('compressed ', 100))",
                "UPDATE test.i SET a = 'compressed', c = '" + "long statement ".repeat(40) + "' WHERE id = 2",
                "SET GLOBAL log_bin_compress = 0");
    }

    /** Another file, with the other checksum setting where there is one. */
    void rotate(boolean checksums) {
        ignoringRefusals("SET GLOBAL binlog_checksum = " + (checksums ? "CRC32" : "NONE"));
        source.sql("FLUSH LOGS", "INSERT INTO test.i (a) VALUES ('after a rotation')");
    }

    /** Not every version and format takes every statement; those that do not write no event. */
    private void ignoringRefusals(String... statements) {
        try (Connection connection = source.connect(Account.ROOT);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                tried(statement, sql);
            }
        } catch (SQLException e) {
            throw new LabException(source + " cannot be reached: " + e.getMessage(), e);
        }
    }

    private static void tried(Statement statement, String sql) {
        try {
            statement.execute(sql);
        } catch (SQLException e) {
            System.out.println("  not taken: " + sql.substring(0, Math.min(60, sql.length())) + ": " + e.getMessage());
        }
    }
}
