package io.mha4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TerminalTest {
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final PrintStream both = new PrintStream(screen, true, StandardCharsets.UTF_8);

    @Test
    void what_is_printed_and_asked_stays_in_order_with_what_the_log_was_told() {
        Terminal terminal = new Terminal(
                both, both, new ByteArrayInputStream("yes\n".repeat(100).getBytes(StandardCharsets.UTF_8)));
        EventLog log = EventLog.toStream(both, Level.INFO, SystemTime.CLOCK, SystemTime.zone())
                .inBackground();
        terminal.follow(log);
        Questions questions = new Questions(terminal);

        for (int i = 0; i < 100; i++) {
            log.output("told " + i);
            terminal.out().println("out " + i);
            log.output("told again " + i);
            terminal.err().println("err " + i);
            log.output("told once more " + i);
            assertThat(questions.yes("sure " + i + "?\n")).isTrue();
        }

        assertThat(screen.toString(StandardCharsets.UTF_8))
                .isEqualTo(IntStream.range(0, 100)
                        .mapToObj(
                                i -> "told %1$d\nout %1$d\ntold again %1$d\nerr %1$d\ntold once more %1$d\nsure %1$d?\n"
                                        .formatted(i))
                        .collect(Collectors.joining()));
    }
}
