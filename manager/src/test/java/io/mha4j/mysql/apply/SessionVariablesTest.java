package io.mha4j.mysql.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

final class SessionVariablesTest {
    private final SessionVariables variables =
            new SessionVariables(Set.of("sql_mode", "timestamp", "character_set_client"));

    @Test
    void only_differences_are_sent_and_all_in_one_statement() {
        variables.want("sql_mode", 0);
        variables.want("timestamp", 5);
        assertThat(variables.take()).containsExactly("SET @@session.sql_mode=0,@@session.timestamp=5");
        variables.want("sql_mode", 0);
        variables.want("timestamp", 6);
        assertThat(variables.take()).containsExactly("SET @@session.timestamp=6");
        assertThat(variables.take()).isEmpty();
    }

    @Test
    void a_variable_that_the_server_does_not_know_is_left_out() {
        variables.want("enable_cascade_triggers", 1);
        assertThat(variables.take()).isEmpty();
    }

    @Test
    void a_value_wanted_back_before_it_was_sent_is_not_sent() {
        variables.want("sql_mode", 0);
        variables.take();
        variables.want("sql_mode", 4);
        variables.want("sql_mode", 0);
        assertThat(variables.take()).isEmpty();
    }

    @Test
    void what_is_for_one_statement_is_sent_each_time() {
        variables.once("INSERT_ID", "5");
        assertThat(variables.take()).containsExactly("SET INSERT_ID=5");
        variables.once("INSERT_ID", "5");
        assertThat(variables.take()).containsExactly("SET INSERT_ID=5");
    }

    @Test
    void what_depends_on_others_comes_behind_them() {
        variables.onceLast("@@session.gtid_seq_no", "9");
        variables.want("sql_mode", 0);
        assertThat(variables.take()).containsExactly("SET @@session.sql_mode=0", "SET @@session.gtid_seq_no=9");
    }

    @Test
    void a_name_beyond_ascii_is_sent_as_utf8_and_the_clients_charset_comes_back() {
        variables.want("character_set_client", 8);
        variables.take();
        variables.once("@`\u00c3\u00a4`:=1");
        assertThat(variables.before()).contains("SET @@session.character_set_client=33");
        assertThat(variables.take()).containsExactly("SET @`\u00c3\u00a4`:=1,@@session.character_set_client=8");
    }
}
