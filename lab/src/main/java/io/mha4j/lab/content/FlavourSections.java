package io.mha4j.lab.content;

import io.mha4j.lab.server.LabServer;
import io.mha4j.lab.server.ServerKind;
import java.sql.SQLException;
import java.util.List;

/** What only some servers can write, and changes of the log itself. */
final class FlavourSections {
    /** More than a packet of the protocol holds. */
    private static final int BIG_EVENT = 18_000_000;

    /** More than parallel workers take by default, and than many a {@code max_allowed_packet}. */
    private static final int HUGE_EVENT = 70_000_000;

    private FlavourSections() {}

    static List<Section> all() {
        return List.of(
                xa(),
                partialJson(),
                rowsQueries(),
                compressedPayload(),
                compressedMariadbEvents(),
                secondDomain(),
                taggedGtids(),
                new Section("big_event", place -> true, FlavourSections::bigEvent),
                Section.everywhere(
                        "next_file",
                        "CREATE TABLE h_next (id INT PRIMARY KEY) ENGINE=InnoDB",
                        "FLUSH LOGS",
                        "INSERT INTO h_next VALUES (1)"),
                checksumChange());
    }

    private static Section xa() {
        return Section.of(
                "xa",
                place -> place.mariadb() || place.mysqlFrom(ServerKind.MYSQL_5_7),
                "CREATE TABLE h_xa (id INT PRIMARY KEY) ENGINE=InnoDB",
                "XA START 'a;''b','branch',7",
                "INSERT INTO h_xa VALUES (1)",
                "INSERT INTO h_xa VALUES (2)",
                "XA END 'a;''b','branch',7",
                "XA PREPARE 'a;''b','branch',7",
                "XA COMMIT 'a;''b','branch',7",
                "XA START 'one'",
                "INSERT INTO h_xa VALUES (3)",
                "XA END 'one'",
                "XA COMMIT 'one' ONE PHASE",
                "XA START 'gone'",
                "INSERT INTO h_xa VALUES (4)",
                "XA END 'gone'",
                "XA PREPARE 'gone'",
                "XA ROLLBACK 'gone'",
                "INSERT INTO h_xa VALUES (5)");
    }

    private static Section partialJson() {
        return Section.of(
                "partial_json",
                place -> place.mysqlFrom(ServerKind.MYSQL_8_0),
                "CREATE TABLE h_json (id INT PRIMARY KEY, j JSON) ENGINE=InnoDB",
                "INSERT INTO h_json VALUES (1, JSON_OBJECT('a', REPEAT('x', 500), 'b', 1, 'c', JSON_ARRAY(1, 2)))",
                "SET binlog_row_value_options=PARTIAL_JSON, binlog_row_image=MINIMAL",
                "UPDATE h_json SET j = JSON_SET(j, '$.b', 2)",
                "UPDATE h_json SET j = JSON_REPLACE(j, '$.c[0]', 'it''s')",
                "UPDATE h_json SET j = JSON_REMOVE(j, '$.a')");
    }

    /** MariaDB notes the statement with each row change by itself. */
    private static Section rowsQueries() {
        return Section.of(
                "rows_queries",
                place -> place.mysqlFrom(ServerKind.MYSQL_5_6),
                "CREATE TABLE h_noted (id INT PRIMARY KEY) ENGINE=InnoDB",
                "SET binlog_rows_query_log_events=1",
                "INSERT INTO h_noted VALUES (1) /* COMMIT; */",
                "DELETE FROM h_noted WHERE id = 1",
                "INSERT INTO h_noted VALUES (2)");
    }

    private static Section compressedPayload() {
        return Section.of(
                "compressed_payload",
                place -> place.mysqlFrom(ServerKind.MYSQL_9_7),
                "CREATE TABLE h_payload (id INT AUTO_INCREMENT PRIMARY KEY, s TEXT) ENGINE=InnoDB",
                "SET binlog_transaction_compression=1",
                "INSERT INTO h_payload (s) VALUES (REPEAT('it''s; ', 1000)), ('short')",
                "BEGIN",
                "INSERT INTO h_payload (s) SELECT CONCAT(s, 'x') FROM h_payload",
                "INSERT INTO h_payload (s) SELECT CONCAT(s, 'y') FROM h_payload",
                "UPDATE h_payload SET s = CONCAT(s, id) WHERE id > 2",
                "COMMIT",
                "SET @v = 'variable'",
                "INSERT INTO h_payload (s) VALUES (@v)",
                "DELETE FROM h_payload WHERE id = 2");
    }

    private static Section compressedMariadbEvents() {
        return Section.of(
                "compressed_events",
                Place::mariadb,
                "CREATE TABLE h_compressed (id INT AUTO_INCREMENT PRIMARY KEY, s TEXT) ENGINE=InnoDB",
                "SET GLOBAL log_bin_compress=1, GLOBAL log_bin_compress_min_len=20",
                "INSERT INTO h_compressed (s) VALUES (REPEAT('it''s; ', 1000)), ('"
                        + "short enough but not too short ".repeat(20) + "')",
                "BEGIN",
                "INSERT INTO h_compressed (s) SELECT CONCAT(s, 'x') FROM h_compressed ORDER BY id",
                "UPDATE h_compressed SET s = CONCAT(s, id) WHERE id > 2",
                "COMMIT",
                "DELETE FROM h_compressed WHERE id = 2",
                "SET GLOBAL log_bin_compress=0, GLOBAL log_bin_compress_min_len=256");
    }

    private static Section secondDomain() {
        return Section.of(
                "second_domain",
                Place::mariadb,
                "CREATE TABLE h_domain (id INT PRIMARY KEY) ENGINE=InnoDB",
                "SET gtid_domain_id=7",
                "INSERT INTO h_domain VALUES (1)",
                "SET gtid_domain_id=0",
                "INSERT INTO h_domain VALUES (2)",
                "SET gtid_domain_id=7, server_id=77",
                "INSERT INTO h_domain VALUES (3)");
    }

    private static Section taggedGtids() {
        return Section.of(
                "tagged_gtids",
                place -> place.gtid() && place.mysqlFrom(ServerKind.MYSQL_9_7),
                "CREATE TABLE h_tagged (id INT PRIMARY KEY) ENGINE=InnoDB",
                "SET gtid_next='AUTOMATIC:some_tag'",
                "INSERT INTO h_tagged VALUES (1)",
                "INSERT INTO h_tagged VALUES (2)",
                "SET gtid_next='AUTOMATIC'",
                "INSERT INTO h_tagged VALUES (3)");
    }

    /** MyISAM, because InnoDB's small logs of the lab refuse such a value. */
    private static void bigEvent(LabServer server) throws SQLException {
        String before = server.value("SELECT @@global.max_allowed_packet").orElseThrow();
        server.sql("SET GLOBAL max_allowed_packet=1073741824");
        try (Client client = Client.of(server)) {
            client.run(
                    "CREATE TABLE h_big (id INT PRIMARY KEY, v LONGBLOB) ENGINE=MyISAM",
                    "INSERT INTO h_big VALUES (1, REPEAT('0123456789abcdef', " + BIG_EVENT / 16 + "))",
                    "INSERT INTO h_big VALUES (2, '" + "x".repeat(HUGE_EVENT) + "')",
                    "DELETE FROM h_big WHERE id = 1");
        } finally {
            server.sql("SET GLOBAL max_allowed_packet=" + before);
        }
    }

    private static Section checksumChange() {
        return Section.of(
                "checksum_change",
                place -> place.kind() != ServerKind.MYSQL_5_5,
                "CREATE TABLE h_checksum (id INT PRIMARY KEY) ENGINE=InnoDB",
                "SET GLOBAL binlog_checksum=NONE",
                "INSERT INTO h_checksum VALUES (1)",
                "INSERT INTO h_checksum VALUES (2)",
                "SET GLOBAL binlog_checksum=CRC32",
                "INSERT INTO h_checksum VALUES (3)");
    }
}
