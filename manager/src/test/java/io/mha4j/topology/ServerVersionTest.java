package io.mha4j.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mha4j.topology.ServerVersion.Flavour;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerVersionTest {
    @ParameterizedTest
    @CsvSource({
        "5.5.9, MYSQL, 5, 5, 9",
        "5.6.24-log, MYSQL, 5, 6, 24",
        "5.7.22-ndb-7.6.6, MYSQL, 5, 7, 22",
        "8.0.15, MYSQL, 8, 0, 15",
        "8.0.36-28, MYSQL, 8, 0, 36",
        "8.0.36-0ubuntu0.22.04.1, MYSQL, 8, 0, 36",
        "8.0.28.R4, MYSQL, 8, 0, 28",
        "9.7.4-1, MYSQL, 9, 7, 4",
        "8.4, MYSQL, 8, 4, 0",
        "10.11.19-MariaDB-0+deb12u1-log, MARIADB, 10, 11, 19",
        "11.4.5-MariaDB, MARIADB, 11, 4, 5",
        "5.5.5-10.2.8-MariaDB, MARIADB, 10, 2, 8",
        "5.5.5-10.11.6-mariadb-log, MARIADB, 10, 11, 6",
        "5.5.68-MariaDB, MARIADB, 5, 5, 68",
        "5.5.5-MariaDB, MARIADB, 5, 5, 5",
    })
    void texts_of_servers(String text, Flavour flavour, int major, int minor, int patch) {
        assertThat(ServerVersion.parse(text))
                .isEqualTo(new ServerVersion(flavour, major, minor, patch, text))
                .hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MariaDB", "v8.0.15", "8", "99999999999.0.1", "-8.0"})
    void what_does_not_begin_with_a_version_is_named(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerVersion.parse(text))
                .withMessageContaining("'" + text + "'");
    }

    @Test
    void bounds_are_of_one_flavour() {
        ServerVersion mysql = ServerVersion.parse("8.0.15");
        assertThat(mysql.isMysqlFrom(8, 0, 15)).isTrue();
        assertThat(mysql.isMysqlFrom(8, 0, 16)).isFalse();
        assertThat(mysql.isMysqlFrom(5, 7, 99)).isTrue();
        assertThat(mysql.isMariadbFrom(5, 5, 0)).isFalse();
        ServerVersion mariadb = ServerVersion.parse("10.11.6-MariaDB");
        assertThat(mariadb.isMariadbFrom(10, 2, 0)).isTrue();
        assertThat(mariadb.isMariadbFrom(11, 0, 0)).isFalse();
        assertThat(mariadb.isMysqlFrom(5, 5, 0)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "5.5.9, true",
        "5.1.73, false",
        "9.9.0, true",
        "10.0.1-MariaDB, true",
        "5.5.68-MariaDB, false",
        "5.5.5-10.2.8-MariaDB, true",
    })
    void older_than_5_5_or_mariadb_10_is_not_supported(String text, boolean supported) {
        assertThat(ServerVersion.parse(text).isSupported()).isEqualTo(supported);
    }

    @Test
    void a_series_is_ordered_by_number_and_ignores_the_patch() {
        assertThat(ServerVersion.parse("10.11.1-MariaDB").compareSeries(ServerVersion.parse("10.2.40-MariaDB")))
                .isPositive();
        assertThat(ServerVersion.parse("8.0.11").compareSeries(ServerVersion.parse("8.0.36-28")))
                .isZero();
    }
}
