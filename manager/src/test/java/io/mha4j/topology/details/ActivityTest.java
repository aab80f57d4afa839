package io.mha4j.topology.details;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.topology.details.Activity.Session;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ActivityTest {
    private static String shown(String text) {
        return new Session(7, "app", "web1", "Query", Duration.ofSeconds(12), "executing", text).toString();
    }

    @Test
    void a_session_is_shown_with_the_beginning_of_its_statement() {
        assertThat(shown("UPDATE t\n  SET a=1"))
                .isEqualTo("connection 7 of 'app'@'web1', Query for 12 s: UPDATE t SET a=1");
        assertThat(shown("SELECT '" + "x".repeat(200) + "'")).endsWith("xxx...").hasSizeLessThan(170);
        assertThat(shown(" ")).endsWith(": executing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER USER u IDENTIFIED BY 'opensesame'",
                "SET PASSWORD FOR u = PASSWORD('opensesame')",
                "CHANGE MASTER TO MASTER_USER='r', MASTER_PASSWORD='opensesame'",
                "change replication source to source_password = 'opensesame'",
                "GRANT ALL ON *.* TO u identified with 'x' as 'opensesame'"
            })
    void a_password_of_a_statement_is_not_shown(String statement) {
        assertThat(shown(statement)).doesNotContain("opensesame").contains("***");
    }

    @Test
    void a_statement_that_holds_no_table_of_anybody_reads_none() {
        assertThat(reads("select a from t where b = (select max(b) from performance_schema.threads)"))
                .isTrue();
        assertThat(reads("SELECT\n1\nFROM `d`.t")).isTrue();
        assertThat(reads("SELECT SLEEP(60) FROM DUAL")).isFalse();
        assertThat(reads("SELECT * FROM information_schema.tables")).isFalse();
        assertThat(reads("SELECT * FROM `performance_schema`.threads")).isFalse();
        assertThat(reads("SELECT a\nFROM\n    performance_schema.threads")).isFalse();
        assertThat(reads("SELECT * FROM  information_schema.tables")).isFalse();
        assertThat(reads("SELECT GET_LOCK('a', 60)")).isFalse();
        assertThat(reads("UPDATE t SET a = 1")).isFalse();
    }

    private static boolean reads(String text) {
        return new Session(7, "app", "web1", "Query", Duration.ofSeconds(12), "executing", text).readsTables();
    }
}
