package io.mha4j.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ShellWordsTest {
    @Test
    void words_are_split_as_a_shell_does() {
        assertThat(ShellWords.split("  -i  /root/.ssh/id_rsa -o A=b "))
                .contains(List.of("-i", "/root/.ssh/id_rsa", "-o", "A=b"));
        assertThat(ShellWords.split("'a b'\"c d\"e")).contains(List.of("a bc de"));
        assertThat(ShellWords.split("\"\" ''")).contains(List.of("", ""));
        assertThat(ShellWords.split("a\\ b \"c\\\"d\\e\" 'f\\g'")).contains(List.of("a b", "c\"d\\e", "f\\g"));
        assertThat(ShellWords.split("")).contains(List.of());
    }

    @Test
    void what_stays_open_is_no_text() {
        assertThat(ShellWords.split("'a")).isEmpty();
        assertThat(ShellWords.split("\"a\\\"")).isEmpty();
        assertThat(ShellWords.split("a\\")).isEmpty();
    }
}
