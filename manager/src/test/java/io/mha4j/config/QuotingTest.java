package io.mha4j.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QuotingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "abc            | abc",
                "'abc'          | abc",
                "\"abc\"        | abc",
                "''             | ``",
                "\"\"           | ``",
                "abc'           | abc'",
                "'abc           | 'abc",
                "'abc\"         | 'abc\"",
                "'it's'         | it's",
                "a ; b          | a",
                "a ;b           | a ;b",
                "a;b            | a;b",
                "a # b          | a # b",
                "'a ; b'        | a ; b",
                "'a' ; b        | a",
                "'a' ; it's 'b' | a",
                "'a'' ; b'      | a' ; b",
                "'' ; b         | ``",
                "-i \"x y\"     | -i \"x y\"",
                "'a' and 'b'    | a' and 'b",
            })
    void values_are_read(String raw, String value) {
        assertThat(Quoting.read(raw).text()).isEqualTo(value);
    }

    @Test
    void only_what_needs_quotes_gets_them() {
        assertThat(Quoting.write("host1")).isEqualTo("host1");
        assertThat(Quoting.write("")).isEqualTo("\"\"");
        assertThat(Quoting.write("a ; b")).isEqualTo("\"a ; b\"");
        assertThat(Quoting.write(" a")).isEqualTo("\" a\"");
        assertThat(Quoting.write("'a'")).isEqualTo("\"'a'\"");
        assertThat(Quoting.write("abc'")).isEqualTo("abc'");
    }

    @Test
    void a_line_break_cannot_be_written() {
        assertThatIllegalArgumentException().isThrownBy(() -> Quoting.write("a\nb"));
    }
}
