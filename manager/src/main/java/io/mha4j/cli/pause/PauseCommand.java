package io.mha4j.cli.pause;

import io.mha4j.cli.command.Command;
import io.mha4j.cli.command.ConfigOptions;
import io.mha4j.cli.command.Option;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.cli.command.Terminal;
import io.mha4j.cli.command.UsageException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code masterha pause}: the manager goes on watching, but does not fail over. */
public final class PauseCommand implements Command {
    private static final Pattern TIME = Pattern.compile("([1-9]\\d{0,5})([smhd])");

    private static final Option<Optional<String>> FOR =
            Option.text("for", "time", "Ends by itself after so long: 30m, 2h, 1d. Default: until masterha resume.");
    private static final Option<Optional<String>> REASON =
            Option.text("reason", "text", "Why; the manager's log and the checks show it.");

    @Override
    public List<Option<?>> options() {
        return List.of(ConfigOptions.CONF, ConfigOptions.GLOBAL_CONF, PauseOptions.WORKDIR, FOR, REASON);
    }

    @Override
    public int run(Options options, Terminal terminal) {
        Optional<Instant> until = options.get(FOR).map(PauseCommand::time).map(SystemTime.CLOCK.instant()::plus);
        String reason = options.get(REASON).filter(text -> !text.isBlank()).orElse("no reason given");
        PauseOptions.Meant meant = PauseOptions.meant(options, terminal);
        meant.file().begin(until, reason);
        terminal.out()
                .println(meant.app() + ": "
                        + meant.file().now().map(pause -> pause.clause()).orElse("the pause has ended already"));
        return 0;
    }

    private static Duration time(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            throw new UsageException("--for=" + text + ": must be a number with s, m, h or d behind it, such as 2h");
        }
        long number = Long.parseLong(time.group(1));
        return switch (time.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
