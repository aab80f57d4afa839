package io.mha4j.config;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class QuotingProperties {
    /** Every printable ASCII text, and texts made of what is special in these files. */
    @Provide
    Arbitrary<String> passwords() {
        Arbitrary<String> printable =
                Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(20);
        Arbitrary<String> hostile = Arbitraries.of("'", "\"", "''", "\"\"", " ; ", ";", " ", "#", "=", "\\", "a", "\t")
                .list()
                .ofMaxSize(9)
                .map(parts -> String.join("", parts));
        return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(1, printable), net.jqwik.api.Tuple.of(3, hostile));
    }

    @Property(tries = 20_000)
    void a_written_value_is_read_again(@ForAll("passwords") String password) {
        assertThat(Quoting.read(Quoting.write(password)).text()).isEqualTo(password);
    }

    @Property(tries = 20_000)
    void a_written_value_is_read_again_with_a_comment_behind_it(@ForAll("passwords") String password) {
        String written = Quoting.write(password);
        if (written.startsWith("'") || written.startsWith("\"")) {
            return; // tested below
        }
        assertThat(Quoting.read(written + " ; a comment").text()).isEqualTo(password);
    }

    @Property(tries = 20_000)
    void a_value_in_quotes_that_holds_no_such_quote_keeps_everything_else(@ForAll("passwords") String password) {
        String inside = password.replace("'", "");
        assertThat(Quoting.read("'" + inside + "'").text()).isEqualTo(inside);
        assertThat(Quoting.read("  '" + inside + "'  ; a comment, isn't it").text())
                .isEqualTo(inside);
    }

    @Property(tries = 5_000)
    void a_value_without_quotes_is_read_as_mha_does(@ForAll("passwords") String password) {
        String text = password.replace("'", "").replace("\"", "");
        String untilComment = naiveUntilComment(text);
        assertThat(Quoting.read(text).text()).isEqualTo(untilComment.strip());
    }

    /** Blank, semicolon, blank and at least one more character start a comment. */
    private static String naiveUntilComment(String text) {
        for (int i = 0; i + 3 < text.length(); i++) {
            if (Character.isWhitespace(text.charAt(i))
                    && text.charAt(i + 1) == ';'
                    && Character.isWhitespace(text.charAt(i + 2))) {
                return text.substring(0, i);
            }
        }
        return text;
    }
}
