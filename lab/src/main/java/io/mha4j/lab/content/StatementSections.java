package io.mha4j.lab.content;

import io.mha4j.lab.server.LabServer;
import io.mha4j.lab.server.ServerKind;
import java.sql.SQLException;
import java.util.List;

/** Statements whose effect depends on more than their text. */
final class StatementSections {
    private StatementSections() {}

    static List<Section> all() {
        return List.of(
                new Section("temporary_tables", place -> true, StatementSections::temporaryTables),
                userVariables(),
                numbers(),
                timeZones(),
                microseconds(),
                charsets(),
                sqlModes(),
                quotedNames(),
                routines(),
                definitions(),
                savepoints(),
                otherSchemas());
    }

    /** Two sessions use the same name at the same time, each for a table of its own. */
    private static void temporaryTables(LabServer server) throws SQLException {
        try (Client one = Client.of(server);
                Client two = Client.of(server)) {
            one.run("CREATE TABLE h_temp (who INT, v INT, PRIMARY KEY (who, v)) ENGINE=InnoDB");
            one.run("CREATE TEMPORARY TABLE h_work (v INT) ENGINE=InnoDB", "INSERT INTO h_work VALUES (1), (2), (3)");
            two.run("CREATE TEMPORARY TABLE h_work (v INT) ENGINE=InnoDB", "INSERT INTO h_work VALUES (30), (40)");
            one.run("INSERT INTO h_temp SELECT 1, v FROM h_work");
            two.run("INSERT INTO h_temp SELECT 2, v FROM h_work");
            one.run("UPDATE h_work SET v = v + 100", "INSERT INTO h_temp SELECT 1, v FROM h_work");
            two.run("DROP TEMPORARY TABLE h_work");
        }
    }

    private static Section userVariables() {
        return Section.everywhere(
                "user_variables",
                "CREATE TABLE h_variables (id INT PRIMARY KEY, s VARCHAR(200), i BIGINT, u BIGINT UNSIGNED, r DOUBLE,"
                        + " d DECIMAL(40,15)) ENGINE=InnoDB",
                "SET @s='it''s; a \\\\ text', @i=-9223372036854775807, @u=CAST(18446744073709551615 AS UNSIGNED)",
                "SET @r=-1.2345678901234567e-300, @d=-12345678901234567890.123456789012345, @`odd ``name`='odd'",
                "INSERT INTO h_variables VALUES (1, @s, @i, @u, @r, @d)",
                "INSERT INTO h_variables VALUES (2, @`odd ``name`, 5, @u, @r * 2, @d / 3)",
                "SET @s=NULL, @i=0, @r=0, @d=0.1",
                "INSERT INTO h_variables VALUES (3, @s, @i, @missing, @r, @d)",
                "SET @s=_latin1 0xE9C4 COLLATE latin1_german1_ci, @d=99999999999999999999999.99999, @r=1e308",
                "INSERT INTO h_variables VALUES (4, @s, @i, 7, @r, @d)",
                "SET @d=-0.000000000000001, @i=9223372036854775807, @s=''",
                "INSERT INTO h_variables VALUES (5, @s, @i, 8, 0.1, @d)");
    }

    private static Section numbers() {
        return Section.everywhere(
                "rand_and_insert_id",
                "CREATE TABLE h_numbers (id INT AUTO_INCREMENT PRIMARY KEY, v DOUBLE, parent INT) ENGINE=InnoDB",
                "INSERT INTO h_numbers (v) VALUES (RAND()), (RAND()), (RAND() * 100)",
                "INSERT INTO h_numbers (v, parent) VALUES (RAND(), LAST_INSERT_ID())",
                "SET auto_increment_increment=7, auto_increment_offset=3",
                "INSERT INTO h_numbers (v) VALUES (1), (2), (3)",
                "SET insert_id=1000",
                "INSERT INTO h_numbers (v, parent) VALUES (4, LAST_INSERT_ID())",
                "BEGIN",
                "INSERT INTO h_numbers (v) VALUES (5)",
                "UPDATE h_numbers SET parent = LAST_INSERT_ID() WHERE v = 5",
                "COMMIT");
    }

    private static Section timeZones() {
        return Section.everywhere(
                "time_zones",
                "CREATE TABLE h_times (id INT PRIMARY KEY, t TIMESTAMP NULL, d DATETIME, s VARCHAR(60)) ENGINE=InnoDB",
                "SET time_zone='+05:30'",
                "INSERT INTO h_times VALUES (1, NOW(), NOW(), FROM_UNIXTIME(1000000000))",
                "SET time_zone='-11:00', lc_time_names='fi_FI'",
                "INSERT INTO h_times VALUES (2, '2020-02-29 12:00:00', NOW(), DATE_FORMAT('2021-03-07', '%W %M'))",
                "SET time_zone='SYSTEM', lc_time_names='tr_TR', timestamp=1234567890",
                "INSERT INTO h_times VALUES (3, NOW(), CURRENT_TIMESTAMP, DATE_FORMAT('2021-03-07', '%W %M'))",
                "SET timestamp=DEFAULT, lc_time_names='en_US'",
                "INSERT INTO h_times VALUES (4, NOW(), UTC_TIMESTAMP(), DATE_FORMAT(NOW(), '%W'))");
    }

    private static Section microseconds() {
        return Section.of(
                "microseconds",
                place -> place.mariadb() || place.mysqlFrom(ServerKind.MYSQL_5_6),
                "CREATE TABLE h_micro (id INT PRIMARY KEY, t TIMESTAMP(6) NULL, d DATETIME(6)) ENGINE=InnoDB",
                "INSERT INTO h_micro VALUES (1, NOW(6), NOW(6))",
                "INSERT INTO h_micro VALUES (2, NOW(3), NULL)",
                "SET timestamp=1500000000.000042",
                "INSERT INTO h_micro VALUES (3, NOW(6), NOW(6))");
    }

    private static Section charsets() {
        return Section.everywhere(
                "charsets",
                "CREATE TABLE h_chars (id INT PRIMARY KEY, l VARCHAR(50) CHARACTER SET latin1,"
                        + " u VARCHAR(50) CHARACTER SET utf8mb4, c INT) ENGINE=InnoDB",
                "INSERT INTO h_chars VALUES (1, 'Gr\u00fc\u00dfe', '\u65e5\u672c\u8a9e \ud83d\ude80', NULL)",
                "SET character_set_client=latin1, collation_connection=latin1_german2_ci",
                "INSERT INTO h_chars VALUES (2, 'plain', 'plain', 'a' = 'A')",
                "SET collation_connection=latin1_bin, collation_server=latin1_spanish_ci",
                "INSERT INTO h_chars VALUES (3, _utf8 0xC3A4C3B6, _latin1 0xE4F6, 'a' = 'A')",
                "SET character_set_client=utf8mb4, collation_connection=utf8mb4_unicode_ci",
                "CREATE TABLE h_chars_default (s VARCHAR(20)) ENGINE=InnoDB",
                "INSERT INTO h_chars VALUES (4, '\u00e9', '\u00e9', '\u00df' = 'ss')");
    }

    private static Section sqlModes() {
        return Section.everywhere(
                "sql_modes",
                "CREATE TABLE h_modes (id INT PRIMARY KEY, s VARCHAR(100), t TINYINT) ENGINE=InnoDB",
                "CREATE TABLE h_child (id INT PRIMARY KEY, parent INT, FOREIGN KEY (parent) REFERENCES h_modes (id)"
                        + " ON DELETE CASCADE) ENGINE=InnoDB",
                "SET sql_mode='ANSI_QUOTES,PIPES_AS_CONCAT'",
                "INSERT INTO \"h_modes\" VALUES (1, 'a' || 'b' || '\\'', 1000)",
                "SET sql_mode='NO_BACKSLASH_ESCAPES'",
                "INSERT INTO h_modes VALUES (2, 'back\\slash\\', 300)",
                "SET sql_mode='STRICT_ALL_TABLES,NO_ZERO_DATE,IGNORE_SPACE'",
                "INSERT IGNORE INTO h_modes VALUES (3, 'strict', 1), (3, 'again', 2)",
                "SET sql_mode='', foreign_key_checks=0, unique_checks=0",
                "INSERT INTO h_child VALUES (1, 1), (2, 99)",
                "SET foreign_key_checks=1, unique_checks=1, sql_auto_is_null=1",
                "INSERT INTO h_child VALUES (3, 2), (4, 3)",
                "DELETE FROM h_modes WHERE id = 3");
    }

    private static Section quotedNames() {
        return Section.everywhere(
                "quoted_names",
                "CREATE TABLE `h_back``tick; -- \u00e4` (`a``;'b` INT PRIMARY KEY, `\u00fc` VARCHAR(10)) ENGINE=InnoDB",
                "INSERT INTO `h_back``tick; -- \u00e4` VALUES (1, ';'), (2, 'BEGIN'), (3, '''\"`')",
                "/* COMMIT; */ UPDATE `h_back``tick; -- \u00e4` SET `\u00fc` = '\\r\\n' WHERE `a``;'b` = 1 # COMMIT");
    }

    private static Section routines() {
        return Section.everywhere(
                "routines",
                "CREATE TABLE h_calls (id INT AUTO_INCREMENT PRIMARY KEY, s VARCHAR(200)) ENGINE=InnoDB",
                "CREATE TABLE h_audit (id INT AUTO_INCREMENT PRIMARY KEY, s VARCHAR(200)) ENGINE=InnoDB",
                """
                CREATE PROCEDURE h_insert(a VARCHAR(50), n INT)
                BEGIN
                  DECLARE i INT DEFAULT 0;
                  -- a comment; with 'quote
                  WHILE i < n DO
                    INSERT INTO h_calls (s) VALUES (CONCAT(a, ';', i));
                    SET i = i + 1;
                  END WHILE;
                END""",
                """
                CREATE FUNCTION h_twice(a VARCHAR(50)) RETURNS VARCHAR(200) DETERMINISTIC
                BEGIN RETURN CONCAT(a, ' ''twice'' ', a); END""",
                """
                CREATE TRIGGER h_calls_in AFTER INSERT ON h_calls FOR EACH ROW
                BEGIN INSERT INTO h_audit (s) VALUES (CONCAT(NEW.s, '; "audited"')); END""",
                "CALL h_insert('it''s', 3)",
                "INSERT INTO h_calls (s) VALUES (h_twice('x;y'))",
                "SET @v='variable'",
                "CALL h_insert(@v, 2)",
                "DROP PROCEDURE h_insert");
    }

    private static Section definitions() {
        return Section.everywhere(
                "definitions",
                "CREATE TABLE h_defined (id INT PRIMARY KEY, s VARCHAR(20)) ENGINE=InnoDB",
                "INSERT INTO h_defined VALUES (1, 'a'), (2, 'b')",
                "ALTER TABLE h_defined ADD COLUMN n INT NOT NULL DEFAULT 7, ADD KEY (s)",
                "CREATE VIEW h_view AS SELECT id, s FROM h_defined WHERE s <> ';'",
                "CREATE TABLE h_like LIKE h_defined",
                "INSERT INTO h_like SELECT * FROM h_defined",
                "RENAME TABLE h_like TO h_renamed",
                "CREATE EVENT h_event ON SCHEDULE EVERY 1 YEAR DISABLE DO DELETE FROM h_defined WHERE id < 0",
                "TRUNCATE TABLE h_renamed",
                "CREATE TABLE h_gone (id INT) ENGINE=InnoDB",
                "DROP TABLE IF EXISTS h_gone, h_never",
                "ANALYZE TABLE h_defined");
    }

    private static Section savepoints() {
        return Section.everywhere(
                "savepoints",
                "CREATE TABLE h_saved (id INT PRIMARY KEY) ENGINE=InnoDB",
                "BEGIN",
                "INSERT INTO h_saved VALUES (1)",
                "SAVEPOINT `a; b`",
                "INSERT INTO h_saved VALUES (2)",
                "ROLLBACK TO SAVEPOINT `a; b`",
                "INSERT INTO h_saved VALUES (3)",
                "COMMIT",
                "BEGIN",
                "INSERT INTO h_saved VALUES (4)",
                "ROLLBACK");
    }

    private static Section otherSchemas() {
        return Section.everywhere(
                "other_schemas",
                "CREATE DATABASE `h_other; ``db`",
                "USE `h_other; ``db`",
                "CREATE TABLE t (id INT PRIMARY KEY) ENGINE=InnoDB",
                "INSERT INTO t VALUES (1), (2)",
                "CREATE TABLE test.h_from_other (id INT PRIMARY KEY) ENGINE=InnoDB",
                "INSERT INTO test.h_from_other SELECT id FROM t",
                "DROP DATABASE `h_other; ``db`",
                "INSERT INTO test.h_from_other VALUES (10)");
    }
}
