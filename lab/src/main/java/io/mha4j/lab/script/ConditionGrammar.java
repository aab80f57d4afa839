package io.mha4j.lab.script;

import io.mha4j.lab.script.Condition.ExitCode;
import io.mha4j.lab.script.Condition.HostTrait;
import io.mha4j.lab.script.Condition.TextTest;
import io.mha4j.lab.script.Condition.WriteFinding;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** Reads conditions. */
final class ConditionGrammar {
    /** First words of conditions; a program must not have such a name. */
    static final Set<String> WORDS = Set.of(
            "exit",
            "exits",
            "output",
            "file",
            "equal",
            "lost",
            "duplicated",
            "unexpected",
            "verdict",
            "downtime",
            "one_writer",
            "no_writer",
            "acknowledged",
            "address",
            "no_process_left",
            "not",
            "for");

    private final Scope scope;

    ConditionGrammar(Scope scope) {
        this.scope = scope;
    }

    Step.Claim claim(Words words) {
        boolean holds = !words.take("not");
        Condition condition = condition(words);
        words.end();
        return new Step.Claim(holds, condition);
    }

    private Condition condition(Words words) {
        String first = words.next("a condition");
        return switch (first) {
            case "exit" -> new Condition.Exit(exitCode(words));
            case "exits" -> new Condition.CommandExits(exitCode(words), scope.text(words.rest("a command")));
            case "output" -> new Condition.Output(textTest(words));
            case "file" -> file(words);
            case "equal" -> new Condition.Equal(scope.hosts(words));
            case "lost", "duplicated", "unexpected" -> writes(first, words);
            case "verdict" -> verdict(words);
            case "one_writer" -> new Condition.OneWriter();
            case "no_writer" -> noWriter(words);
            case "downtime" -> downtime(words);
            case "acknowledged" -> acknowledged(words);
            case "address" -> address(words);
            case "no_process_left" -> new Condition.NoProcessLeft();
            default -> scope.isProgram(first) ? program(first, words) : host(first, words);
        };
    }

    private Condition program(String name, Words words) {
        String verb = words.next("running, ended, exits or output");
        return switch (verb) {
            case "running" -> new Condition.ProgramRuns(name, true);
            case "ended" -> new Condition.ProgramRuns(name, false);
            case "exits" -> new Condition.ProgramExits(name, exitCode(words));
            case "output" -> new Condition.ProgramOutput(name, textTest(words));
            default -> throw new SyntaxError("'" + verb + "': running, ended, exits or output is needed");
        };
    }

    private Condition host(String first, Words words) {
        Hosts hosts;
        try {
            hosts = scope.hosts(first);
        } catch (SyntaxError e) {
            throw new SyntaxError("'" + first + "' is no condition, no program started above and no server; conditions"
                    + " begin with " + String.join(", ", WORDS.stream().sorted().toList()));
        }
        String verb = words.next("what is said of " + first);
        return switch (verb) {
            case "follows" -> new Condition.Follows(hosts, scope.hosts(words), true);
            case "points_to" -> new Condition.Follows(hosts, scope.hosts(words), false);
            case "rows" -> new Condition.Rows(hosts, words.number("a number of rows"));
            case "answers" -> answers(hosts, words);
            default -> new Condition.HostIs(hosts, oneOf(HostTrait.class, verb, "follows, points_to, rows, answers"));
        };
    }

    private Condition answers(Hosts hosts, Words words) {
        String rest = words.rest("a value");
        int to = rest.indexOf(" to ");
        if (to < 0) {
            throw new SyntaxError("'to' and a query are missing");
        }
        return new Condition.Answers(
                hosts,
                scope.text(rest.substring(0, to).strip()),
                scope.text(rest.substring(to + 4).strip()));
    }

    private Condition file(Words words) {
        String path = scope.text(words.next("a path"));
        return new Condition.FileSays(path, words.take("exists") ? Optional.empty() : Optional.of(textTest(words)));
    }

    private Condition writes(String finding, Words words) {
        long count = words.number("a number of writes");
        words.require("on");
        return new Condition.WritesOn(
                scope.hosts(words), WriteFinding.valueOf(finding.toUpperCase(Locale.ROOT)), count);
    }

    private Condition verdict(Words words) {
        words.require("in");
        String path = scope.text(words.next("a path"));
        words.require("true");
        words.require("on");
        return new Condition.VerdictTrue(path, scope.hosts(words));
    }

    private static Condition noWriter(Words words) {
        words.require("below");
        return new Condition.NoWriterBelow(words.duration("a time"));
    }

    private static Condition downtime(Words words) {
        words.require("below");
        return new Condition.DowntimeBelow(words.duration("a time"));
    }

    private static Condition acknowledged(Words words) {
        words.require("at_least");
        return new Condition.Acknowledged(words.number("a number of writes"));
    }

    private Condition address(Words words) {
        if (words.take("nowhere")) {
            return new Condition.AddressAt(Optional.empty());
        }
        words.require("at");
        return new Condition.AddressAt(Optional.of(scope.hosts(words)));
    }

    private TextTest textTest(Words words) {
        if (words.take("contains")) {
            return new TextTest.Contains(scope.text(words.rest("a text")));
        }
        words.require("matches");
        return new TextTest.Matches(pattern(scope.text(words.rest("a pattern"))));
    }

    /** Variables are left alone: they are put in, quoted, when the step runs. */
    static String pattern(String text) {
        try {
            Pattern.compile(text.replaceAll("\\$\\{[^}]*}", "x"));
            return text;
        } catch (PatternSyntaxException e) {
            throw new SyntaxError("'" + text + "' is no regular expression: " + e.getDescription());
        }
    }

    private static ExitCode exitCode(Words words) {
        if (words.take("nonzero")) {
            return ExitCode.NONZERO;
        }
        long code = words.number("an exit code");
        if (code > 255) {
            throw new SyntaxError("exit code " + code + ": 0 to 255 or nonzero is allowed");
        }
        return new ExitCode(Optional.of((int) code));
    }

    /** The constant written in small letters. */
    static <E extends Enum<E>> E oneOf(Class<E> type, String word, String others) {
        List<E> all = Arrays.asList(type.getEnumConstants());
        return all.stream()
                .filter(constant -> constant.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new SyntaxError("'" + word + "' is none of "
                        + (others.isEmpty() ? "" : others + ", ")
                        + all.stream()
                                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }
}
