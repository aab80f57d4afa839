package io.mha4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.CommandException;
import io.mha4j.cli.command.Command;
import io.mha4j.cli.command.CommandEntry;
import io.mha4j.cli.command.ConfigOptions;
import io.mha4j.cli.command.Option;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MainTest {
    private static final Option<Boolean> BREAK = Option.flag("break", "Fail at 100 %.");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** Prints the file it was given and answers 20, or fails. */
    private static final class Show implements Command {
        @Override
        public List<Option<?>> options() {
            return List.of(ConfigOptions.CONF, ConfigOptions.GLOBAL_CONF, BREAK);
        }

        @Override
        public int run(Options options, Terminal terminal) {
            if (options.get(BREAK)) {
                throw new CommandException("it broke");
            }
            terminal.out().println(ConfigOptions.files(options).conf());
            return 20;
        }
    }

    private int run(String... args) {
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(new byte[0]));
        List<CommandEntry> commands =
                List.of(CommandEntry.ofMha("masterha_show_it", "show-it", "Shows.", name -> new Show()));
        return new Main(commands, terminal).run(List.of(args));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void every_command_in_the_list_can_be_made() {
        assertThat(Commands.ALL).allSatisfy(entry -> assertThat(entry.make()).isNotNull());
        assertThat(Commands.ALL).extracting(entry -> entry.make().getClass()).doesNotHaveDuplicates();
    }

    @Test
    void a_command_is_found_by_the_name_of_mha_and_as_a_subcommand() {
        assertThat(run("masterha_show_it", "--conf=a")).isEqualTo(20);
        assertThat(run("masterha", "show-it", "--conf=b")).isEqualTo(20);
        assertThat(run("masterha", "show_it", "--conf=c")).isEqualTo(20);
        assertThat(out()).isEqualToIgnoringNewLines("abc");
    }

    @Test
    void version_is_told_in_the_form_of_mha() {
        assertThat(run("masterha_show_it", "--version")).isZero();
        assertThat(run("masterha", "--version")).isZero();
        assertThat(out()).matches("masterha_show_it version [0-9]\\S*\\.\\Rmasterha version [0-9]\\S*\\.\\R");
        assertThat(out()).doesNotContain("$");
    }

    @Test
    void help_lists_every_option_on_standard_output() {
        assertThat(run("masterha_show_it", "--nonsense", "--help")).isZero();
        assertThat(out())
                .contains("Usage: masterha_show_it")
                .contains("--conf=<file>")
                .contains("--global_conf=<file>")
                .contains("Fail at 100 %.")
                .contains("--version");
    }

    @Test
    void a_missing_mandatory_option_is_told_on_standard_output_as_mha_does() {
        assertThat(run("masterha_show_it")).isEqualTo(1);
        assertThat(out()).contains("--conf=<file> must be set.");
    }

    @Test
    void an_unknown_option_ends_with_1() {
        assertThat(run("masterha_show_it", "--conff=a")).isEqualTo(1);
        assertThat(err()).contains("unknown option --conff; did you mean --conf?");
    }

    @Test
    void a_failure_is_one_sentence_and_1() {
        assertThat(run("masterha_show_it", "--break")).isEqualTo(1);
        assertThat(err()).isEqualToIgnoringNewLines("it broke");
    }

    @Test
    void an_unknown_command_is_answered_with_the_nearest() {
        assertThat(run("masterha", "shw-it")).isEqualTo(1);
        assertThat(run("masterha_shw_it")).isEqualTo(1);
        assertThat(err()).contains("did you mean show-it?").contains("did you mean masterha_show_it?");
    }

    @Test
    void without_a_command_all_are_listed() {
        assertThat(run("masterha")).isEqualTo(1);
        assertThat(err()).contains("show-it").contains("Also as masterha_show_it.");
        assertThat(run("masterha", "--help")).isZero();
        assertThat(out()).contains("show-it");
    }
}
