package io.mha4j.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.base.Deadline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ShellQuoteProperties {
    private final LocalRunner local = new LocalRunner();

    @Property(tries = 200)
    void every_list_of_words_arrives_in_a_program_unharmed(@ForAll("wordLists") List<String> words) {
        List<String> argv = new ArrayList<>(List.of("printf", "%s/%s\\n", "start", ""));
        words.forEach(w -> argv.addAll(List.of("<" + w + ">", w)));
        StringBuilder expected = new StringBuilder("start/\n");
        words.forEach(w -> expected.append("<" + w + ">/" + w + "\n"));

        CommandRunner.Result result = sh(ShellQuote.command(argv));

        assertThat(result.stderr()).isEmpty();
        assertThat(result.stdout()).isEqualTo(expected.toString());
    }

    /** Many words per shell: starting one costs more than all the words that it is asked about. */
    @Property(tries = 20)
    void a_word_stays_one_word_after_any_prefix_of_shell_text(@ForAll("wordLists") List<String> words) {
        StringBuilder script = new StringBuilder();
        StringBuilder expected = new StringBuilder();
        for (String word : words) {
            script.append("set -- --name=" + ShellQuote.word(word) + "; printf '%d:%s/' $# \"$1\"; ");
            expected.append("1:--name=" + word + "/");
        }

        CommandRunner.Result result = sh(script.toString());

        assertThat(result.stdout()).isEqualTo(expected.toString());
    }

    @Example
    void a_reserved_word_or_an_assignment_is_a_program_name() {
        assertThat(sh(ShellQuote.command(List.of("if"))).exitStatus()).isEqualTo(127);
        assertThat(sh(ShellQuote.command(List.of("A=b"))).exitStatus()).isEqualTo(127);
    }

    @Example
    void nul_and_an_empty_list_are_refused() {
        assertThatThrownBy(() -> ShellQuote.word("a\0b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ShellQuote.command(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Example
    void plain_words_stay_readable() {
        assertThat(ShellQuote.command(List.of("/bin/ls", "-l", "/var/lib/mysql/bin.000001", "--x=1,2")))
                .isEqualTo("'/bin/ls' -l /var/lib/mysql/bin.000001 --x=1,2");
    }

    @Provide
    Arbitrary<List<String>> wordLists() {
        return words().list().ofMinSize(1).ofMaxSize(20);
    }

    @Provide
    Arbitrary<String> words() {
        Arbitrary<String> hostile = Arbitraries.strings()
                .withChars("'\"\\$`!*?[]{}()<>|&;#~ \t\n\r=%-ä€")
                .ofMaxLength(20);
        Arbitrary<String> any = Arbitraries.strings().all().ofMaxLength(20);
        return Arbitraries.oneOf(hostile, any).filter(ShellQuoteProperties::canBeAnArgument);
    }

    private static boolean canBeAnArgument(String word) {
        return word.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(word);
    }

    private CommandRunner.Result sh(String line) {
        return local.run(List.of("/bin/sh", "-c", line), Deadline.in(Duration.ofSeconds(20), System::nanoTime));
    }
}
