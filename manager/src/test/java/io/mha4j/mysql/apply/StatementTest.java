package io.mha4j.mysql.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class StatementTest {
    private static String shown(String text) {
        return Statement.of(text.getBytes(StandardCharsets.UTF_8)).shown();
    }

    @Test
    void people_see_the_beginning_in_one_line() {
        assertThat(shown("INSERT\r\n INTO t\0 VALUES (1)")).isEqualTo("INSERT INTO t VALUES (1)");
        assertThat(shown("x".repeat(100))).isEqualTo("x".repeat(80) + "...");
    }

    @Test
    void people_see_no_password() {
        assertThat(shown("CREATE USER 'u'@'%' IDENTIFIED BY 'secret'")).isEqualTo("CREATE USER 'u'@'%' IDENTIFIED ***");
        assertThat(shown("SET PASSWORD FOR 'u'@'%'='*0123'")).isEqualTo("SET PASSWORD ***");
        assertThat(shown("set password=password('secret')")).doesNotContain("secret");
    }
}
