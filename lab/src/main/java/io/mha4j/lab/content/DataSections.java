package io.mha4j.lab.content;

import io.mha4j.base.InterruptedWork;
import io.mha4j.lab.base.Folders;
import io.mha4j.lab.base.LabException;
import io.mha4j.lab.server.LabServer;
import io.mha4j.lab.server.ServerKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Data that are large, many, or unlike text. */
final class DataSections {
    private static final int WRITERS = 4;
    private static final int ROWS_EACH = 100;

    private DataSections() {}

    static List<Section> all() {
        return List.of(
                types(),
                minimalRows(),
                new Section("binary_data", place -> true, DataSections::binaryData),
                new Section("load_data", place -> true, DataSections::loadData),
                hugeTransaction(),
                new Section("parallel_writers", place -> true, DataSections::parallelWriters),
                new Section("half_failed", place -> true, DataSections::halfFailed),
                rolledBackMyisam());
    }

    private static Section types() {
        return Section.everywhere(
                "types",
                "CREATE TABLE h_types (id INT PRIMARY KEY, a TINYINT UNSIGNED, b BIT(17), c DECIMAL(30,10), d FLOAT,"
                        + " e DOUBLE, f DATE, g TIME, h YEAR, i CHAR(10), j VARCHAR(300), k TEXT, l LONGBLOB,"
                        + " m ENUM('x','y;'), n SET('p','q','r'), o VARBINARY(20), p BIGINT UNSIGNED) ENGINE=InnoDB",
                "INSERT INTO h_types VALUES (1, 255, b'10101010101010101', -12345678901234567890.0123456789, 1.5,"
                        + " -2.5e-10, '2020-02-29', '-838:59:59', 2099, 'char', REPEAT('v', 300), 'text',"
                        + " 0x000D0A27225C00FF, 'y;', 'p,r', 0xFFFE, 18446744073709551615)",
                "INSERT INTO h_types (id) VALUES (2), (3), (4)",
                "UPDATE h_types SET j = CONCAT('row ', id), m = 'x', c = id / 3 WHERE id > 1",
                "DELETE FROM h_types WHERE id = 3");
    }

    private static Section minimalRows() {
        return Section.of(
                "minimal_rows",
                place -> place.mariadb() || place.mysqlFrom(ServerKind.MYSQL_5_6),
                "CREATE TABLE h_minimal (id INT PRIMARY KEY, a INT, b TEXT) ENGINE=InnoDB",
                "INSERT INTO h_minimal VALUES (1, 1, 'one'), (2, 2, 'two'), (3, 3, NULL)",
                "SET binlog_row_image=minimal",
                "UPDATE h_minimal SET a = 20 WHERE id = 2",
                "DELETE FROM h_minimal WHERE a = 1",
                "INSERT INTO h_minimal (id) VALUES (4)");
    }

    private static void binaryData(LabServer server) throws SQLException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < 1024; i++) {
            all.write(i * 7);
        }
        byte[] ends = "\r\n\n\r\0'\"`\\;\032COMMIT;\r\n".getBytes(StandardCharsets.ISO_8859_1);
        byte[] four = "\ud83d\ude80 'rocket'".getBytes(StandardCharsets.UTF_8);
        byte[] broken = {(byte) 0xf0, (byte) 0x9f, 0, (byte) 0xc3, '\'', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '\\'};
        try (Client client = Client.of(server)) {
            client.run(
                    "CREATE TABLE h_binary (id INT PRIMARY KEY, v LONGBLOB, t TEXT CHARACTER SET utf8mb4) ENGINE=InnoDB");
            client.bytes("INSERT INTO h_binary (id, v) VALUES (1, ?), (2, ?)", all.toByteArray(), ends);
            client.bytes("INSERT INTO h_binary VALUES (3, ?, CONVERT(? USING utf8mb4))", broken, four);
            client.run("SET sql_mode='NO_BACKSLASH_ESCAPES'");
            client.bytes("INSERT INTO h_binary (id, v) VALUES (4, ?)", ends);
            client.bytes("UPDATE h_binary SET v = CONCAT(v, ?) WHERE id < 3 /* \r\n */", broken);
        }
    }

    /** Lines with quotes, a NUL and bytes that no text has; more than one block of a load. */
    private static void loadData(LabServer server) throws SQLException {
        StringBuilder text = new StringBuilder("1,'a;b',\\0\r\n2,'it\\'s',\u00e9\u00ff\r\n");
        for (int i = 3; i < 20_000; i++) {
            text.append(i).append(",'").append("line ").append(i).append("',x\r\n");
        }
        Path file = server.dataDir().resolveSibling("tmp").resolve("h_load.txt");
        Folders.write(file, "");
        write(file, text.toString().getBytes(StandardCharsets.ISO_8859_1));
        try (Client client = Client.of(server)) {
            client.run(
                    "SET GLOBAL local_infile=1",
                    "CREATE TABLE h_load (id INT PRIMARY KEY, s VARCHAR(40), b VARBINARY(10), u INT) ENGINE=InnoDB",
                    load(file, "INTO TABLE h_load", "(id, s, b)"),
                    load(
                            file,
                            "REPLACE INTO TABLE test.h_load",
                            "(id, @twice, b) SET s = CONCAT(@twice, ' ', 2), u = 5"),
                    load(file, "IGNORE INTO TABLE `h_load`", "(id, s)"));
        }
    }

    private static String load(Path file, String into, String columns) {
        return "LOAD DATA LOCAL INFILE '" + file + "' " + into + " CHARACTER SET latin1 FIELDS TERMINATED BY ','"
                + " OPTIONALLY ENCLOSED BY '\\'' LINES TERMINATED BY '\\r\\n' " + columns;
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new LabException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static Section hugeTransaction() {
        List<String> statements = new ArrayList<>(List.of(
                "CREATE TABLE h_huge (id INT AUTO_INCREMENT PRIMARY KEY, pad VARCHAR(200)) ENGINE=InnoDB",
                "BEGIN",
                "INSERT INTO h_huge (pad) VALUES (REPEAT('a', 100)), (REPEAT('b', 200))"));
        for (int i = 0; i < 13; i++) {
            statements.add(
                    "INSERT INTO h_huge (pad) SELECT CONCAT(LEFT(pad, 150), '" + i + "') FROM h_huge ORDER BY id");
        }
        statements.add("UPDATE h_huge SET pad = CONCAT('u', LEFT(pad, 150)) WHERE id % 3 = 0");
        statements.add("COMMIT");
        return Section.everywhere("huge_transaction", statements.toArray(String[]::new));
    }

    private static void parallelWriters(LabServer server) throws SQLException {
        try (Client client = Client.of(server)) {
            client.run("CREATE TABLE h_parallel (writer INT, n INT, PRIMARY KEY (writer, n)) ENGINE=InnoDB");
        }
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Future<?>> work = new ArrayList<>();
            for (int w = 0; w < WRITERS; w++) {
                int writer = w;
                work.add(writers.submit(() -> {
                    insertRows(server, writer);
                    return writer;
                }));
            }
            for (Future<?> each : work) {
                each.get();
            }
        } catch (InterruptedException e) {
            throw InterruptedWork.during("writing rows", e);
        } catch (ExecutionException e) {
            throw new LabException("a parallel writer failed: " + e.getMessage(), e);
        } finally {
            writers.shutdownNow();
        }
    }

    private static void insertRows(LabServer server, int writer) throws SQLException {
        try (Client client = Client.of(server)) {
            for (int n = 0; n < ROWS_EACH; n++) {
                client.run("INSERT INTO h_parallel VALUES (" + writer + ", " + n + ")");
            }
        }
    }

    /** A statement that fails in its middle keeps its first rows, and the log says with which error it ended. */
    private static void halfFailed(LabServer server) throws SQLException {
        try (Client client = Client.of(server)) {
            client.run("CREATE TABLE h_half (id INT PRIMARY KEY) ENGINE=MyISAM", "INSERT INTO h_half VALUES (3)");
            client.fails(1062, "INSERT INTO h_half VALUES (1), (2), (3), (4)");
            client.run("INSERT INTO h_half VALUES (5)");
        }
    }

    /** What cannot be rolled back is in the log with the ROLLBACK. */
    private static Section rolledBackMyisam() {
        return Section.of(
                "rolled_back_myisam",
                place -> !place.gtidConsistent(),
                "CREATE TABLE h_rolled (id INT PRIMARY KEY) ENGINE=InnoDB",
                "CREATE TABLE h_kept (id INT PRIMARY KEY) ENGINE=MyISAM",
                "BEGIN",
                "INSERT INTO h_rolled VALUES (1)",
                "INSERT INTO h_kept VALUES (1)",
                "ROLLBACK",
                "BEGIN",
                "INSERT INTO h_kept VALUES (2)",
                "INSERT INTO h_rolled VALUES (2)",
                "INSERT INTO h_kept VALUES (3)",
                "COMMIT");
    }
}
