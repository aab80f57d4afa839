package io.mha4j.mysql.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.binlog.Event;
import io.mha4j.binlog.EventType;
import io.mha4j.mysql.apply.UserVariable.Collation;
import io.mha4j.topology.ServerVersion;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class QuerySettingsTest {
    private static final Map<Integer, Collation> COLLATIONS = Map.of(
            45, new Collation("utf8mb4_general_ci", "utf8mb4"), 224, new Collation("utf8mb4_unicode_ci", "utf8mb4"));

    private final SessionVariables variables = new SessionVariables(Set.of(
            "foreign_key_checks",
            "check_constraint_checks",
            "sql_if_exists",
            "explicit_defaults_for_timestamp",
            "system_versioning_insert_history",
            "sql_mode",
            "collation_database",
            "character_set_collations"));

    /** The statement with these status variables, run on a server of this version, as one for {@code target} wants it. */
    private String set(String status, String source, String target) {
        String hex = "05000000 00000000 00 0000 %02x00 ".formatted(TestEvents.hex(status).length) + status + " 00 41";
        Event event = TestEvents.event(EventType.QUERY, hex, TestEvents.format(source, true));
        QuerySettings settings = new QuerySettings(variables, ServerVersion.parse(target), COLLATIONS);
        settings.want(QueryText.of(event), event);
        return String.join(";", variables.take());
    }

    private String mariadb(String bits) {
        return set("00 " + bits, "10.11.19-MariaDB", "10.11.19-MariaDB")
                .replace(",@@session.character_set_collations=''", "");
    }

    /** Option words recorded from 10.11.19. */
    @Test
    void options_of_mariadb_are_told_apart() {
        assertThat(mariadb("00000001"))
                .isEqualTo("SET @@session.foreign_key_checks=1,@@session.check_constraint_checks=1,"
                        + "@@session.sql_if_exists=0,@@session.explicit_defaults_for_timestamp=1,"
                        + "@@session.system_versioning_insert_history=0");
        assertThat(mariadb("00000011")).isEqualTo("SET @@session.sql_if_exists=1");
        assertThat(mariadb("00000000"))
                .isEqualTo("SET @@session.sql_if_exists=0,@@session.explicit_defaults_for_timestamp=0");
        assertThat(mariadb("00800001"))
                .isEqualTo("SET @@session.check_constraint_checks=0,@@session.explicit_defaults_for_timestamp=1");
        assertThat(mariadb("00000041"))
                .isEqualTo("SET @@session.check_constraint_checks=1,@@session.system_versioning_insert_history=1");
        assertThat(mariadb("00000005"))
                .isEqualTo("SET @@session.foreign_key_checks=0,@@session.system_versioning_insert_history=0");
    }

    @Test
    void a_bit_that_the_source_does_not_write_means_nothing() {
        assertThat(set("00 00000000", "10.6.9-MariaDB", "10.11.19-MariaDB"))
                .doesNotContain("explicit_defaults_for_timestamp")
                .doesNotContain("insert_history")
                .contains("sql_if_exists=0");
        assertThat(set("00 00000000", "10.6.10-MariaDB", "10.11.19-MariaDB"))
                .contains("explicit_defaults_for_timestamp=0");
        assertThat(set("00 00000010", "8.0.15", "8.0.15")).doesNotContain("sql_if_exists");
    }

    @Test
    void modes_that_mysql_8_forgot_are_left_out() {
        assertThat(set("01 2000201000000000", "5.7.22", "5.7.22")).contains("@@session.sql_mode=270532640");
        assertThat(set("01 2000201000000000", "5.7.22", "8.0.15")).contains("@@session.sql_mode=2097184");
    }

    @Test
    void the_databases_collation_is_set_and_put_back() {
        assertThat(set("08 0500", "8.0.15", "8.0.15")).contains("@@session.collation_database=5");
        assertThat(set("", "8.0.15", "8.0.15")).contains("@@session.collation_database=DEFAULT");
    }

    @Test
    void mariadbs_collations_by_default_are_named() {
        assertThat(set("83 01 2d00 e000", "11.4.5-MariaDB", "11.4.5-MariaDB"))
                .contains("@@session.character_set_collations='utf8mb4=utf8mb4_unicode_ci'");
    }
}
