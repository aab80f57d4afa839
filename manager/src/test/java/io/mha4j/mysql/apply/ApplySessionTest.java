package io.mha4j.mysql.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the session is made ready with: nothing that a server has set for its clients may reach the source's statements. */
final class ApplySessionTest {
    @Test
    void no_limit_for_clients_ends_a_statement() {
        assertThat(begin(Map.of("max_statement_time", "2.000000"))).contains("@@session.max_statement_time=0");
        assertThat(begin(Map.of())).doesNotContain("max_statement_time");
    }

    @Test
    void tables_get_no_column_that_the_source_did_not_make() {
        assertThat(begin(Map.of("sql_generate_invisible_primary_key", "ON")))
                .contains("@@session.sql_generate_invisible_primary_key=0");
    }

    private static String begin(Map<String, String> found) {
        SessionVariables variables = new SessionVariables(found.keySet());
        ApplySession.want(variables, found, ApplyOptions.LOGGED);
        return String.join(";", variables.take());
    }
}
