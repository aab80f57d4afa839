package io.mha4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandLineSyntaxTest {
    private static final Option<Optional<String>> CONF = Option.text("conf", "file", "");
    private static final Option<Optional<String>> LOG =
            Option.text("manager_log", "file", "").orAs("log_output");
    private static final Option<Optional<String>> WORKDIR =
            Option.text("manager_workdir", "dir", "").orAs("workdir");
    private static final Option<Boolean> CHECK_ONLY = Option.flag("check_only", "");
    private static final Option<Boolean> DRY_RUN = Option.flag("dry_run", "").beyondMha();
    private static final Option<Boolean> CHECKPOINT =
            Option.flag("checkpoint", "").beyondMha();
    private static final Option<Integer> PORT = Option.number("new_master_port", 3306, "");
    private static final Option<Duration> WAIT = Option.seconds("wait_on_failover_error", 0, "");
    private static final Option<List<String>> RELAYS = Option.texts("secondary_host", "host", "");
    private static final List<Option<?>> ALL =
            List.of(CONF, LOG, WORKDIR, CHECK_ONLY, DRY_RUN, CHECKPOINT, PORT, WAIT, RELAYS);

    private static Options parse(String... args) {
        return CommandLineSyntax.parse(ALL, List.of(args));
    }

    private static void assertRejected(String message, String... args) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> parse(args))
                .withMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--conf=a", "-conf=a", "--conf a", "-conf a", "--CONF=a", "-Conf a", "--con=a", "-c a"})
    void one_or_two_dashes_equals_or_blank_any_case_and_abbreviations(String line) {
        List<Option<?>> options = List.of(CONF, LOG);
        assertThat(CommandLineSyntax.parse(options, List.of(line.split(" "))).get(CONF))
                .contains("a");
    }

    @Test
    void the_last_of_a_repeated_option_counts() {
        assertThat(parse("--conf=a", "-conf", "b").get(CONF)).contains("b");
    }

    @Test
    void an_option_for_several_values_keeps_them_all() {
        assertThat(parse("-s", "h1", "--secondary_host=h2", "-sec", "h3").get(RELAYS))
                .containsExactly("h1", "h2", "h3");
    }

    @Test
    void a_value_may_start_with_a_dash_be_empty_or_hold_equals_signs() {
        assertThat(parse("--conf", "--check_only").get(CONF)).contains("--check_only");
        assertThat(parse("--conf=").get(CONF)).contains("");
        assertThat(parse("--conf=a=b").get(CONF)).contains("a=b");
    }

    @Test
    void an_alias_is_the_same_option() {
        Options options = parse("--log_output=x", "--work=y");
        assertThat(options.get(LOG)).contains("x");
        assertThat(options.get(WORKDIR)).contains("y");
        assertThat(options.has(CONF)).isFalse();
    }

    @Test
    void an_abbreviation_means_an_option_of_mha_before_one_of_ours() {
        Options options = parse("--check");
        assertThat(options.get(CHECK_ONLY)).isTrue();
        assertThat(options.get(CHECKPOINT)).isFalse();
        assertThat(parse("--dry").get(DRY_RUN)).isTrue();
    }

    @Test
    void an_ambiguous_abbreviation_is_rejected_with_the_choice() {
        assertRejected("--manager may mean --manager_log or --manager_workdir", "--manager=x");
    }

    @Test
    void help_and_version_count_wherever_they_stand() {
        assertThat(parse("--nonsense", "--ver").get(CommandLineSyntax.VERSION)).isTrue();
        assertThat(parse("--check", "-h").get(CommandLineSyntax.HELP)).isTrue();
        assertThat(parse("--new_master_port=x", "--help").get(CommandLineSyntax.HELP))
                .isTrue();
        assertThat(parse("--conf", "--help").get(CommandLineSyntax.HELP)).isFalse();
    }

    @Test
    void an_unknown_option_is_rejected_with_the_nearest_and_without_its_value() {
        assertRejected("unknown option --cnof; did you mean --conf?", "--cnof=hunter2");
        assertRejected("unknown option --xyzzy; --help lists the options", "--xyzzy");
    }

    @Test
    void everything_wrong_is_told_at_once() {
        assertRejected(
                "unknown option --cnof; did you mean --conf?\n--check_only takes no value; leave it out to say no\n"
                        + "--conf needs a value: --conf=<file>\n"
                        + "--wait_on_failover_error=5m: must be a whole number, at most 999999999",
                "--cnof=x",
                "--check_only=0",
                "--wait_on_failover_error=5m",
                "--conf");
    }

    @Test
    void what_is_no_option_is_rejected() {
        assertRejected("unexpected argument; every argument is an option or an option's value", "app1.cnf");
        assertRejected("unexpected argument; every argument is an option or an option's value", "--", "--conf=a");
        assertRejected("unexpected argument; every argument is an option or an option's value", "-");
    }

    @Test
    void numbers_have_defaults_and_must_be_whole() {
        assertThat(parse().get(PORT)).isEqualTo(3306);
        assertThat(parse("--new_master_port=1").get(PORT)).isEqualTo(1);
        assertThat(parse("--wait_on_failover_error", "7").get(WAIT)).hasSeconds(7);
        assertRejected("--new_master_port=x: must be a whole number, at most 999999999", "--new_master_port=x");
    }
}
