package io.mha4j.lab.script;

import io.mha4j.lab.script.Step.FaultVerb;
import io.mha4j.lab.script.Step.ReplicationVerb;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads steps: one function for each first word. */
final class StepGrammar {
    private static final int LOAD_CONNECTIONS = 4;
    private static final Duration LOAD_PACE = Duration.ofMillis(10);

    private final Scope scope;
    private final ConditionGrammar conditions;
    private final Map<String, Function<Words, Step>> steps = new TreeMap<>();

    StepGrammar(Scope scope) {
        this.scope = scope;
        this.conditions = new ConditionGrammar(scope);
        steps.put("sql", this::sql);
        steps.put("attach", this::attach);
        steps.put("detach", words -> new Step.Detach(scope.hosts(words)));
        steps.put("insert", this::insert);
        steps.put("start", words -> new Step.Start(scope.hosts(words), options(words)));
        steps.put("restart", words -> new Step.Restart(scope.hosts(words), options(words)));
        steps.put("config", this::config);
        steps.put("run", this::run);
        steps.put("run_bg", this::runInBackground);
        steps.put("stop_bg", words -> new Step.EndProgram(scope.program(words), false));
        steps.put("kill_bg", words -> new Step.EndProgram(scope.program(words), true));
        steps.put("client", this::client);
        steps.put("observe", words -> new Step.Observe(scope.hosts(words)));
        steps.put("clients_end", words -> new Step.EndClients());
        steps.put("shell", words -> new Step.Shell(scope.text(words.rest("a command"))));
        steps.put("on", words -> new Step.OnHosts(scope.hosts(words), scope.text(words.rest("a command"))));
        steps.put("wait", this::waitUntil);
        steps.put("expect", this::expect);
        steps.put("mark", words -> new Step.Mark(scope.text(words.rest("a file"))));
        steps.put("load", StepGrammar::load);
        steps.put("let", this::let);
        steps.put("settled", this::settled);
        for (ReplicationVerb verb : ReplicationVerb.values()) {
            steps.put(lower(verb), words -> new Step.Replication(scope.hosts(words), verb));
        }
        for (FaultVerb verb : FaultVerb.values()) {
            steps.put(lower(verb), words -> new Step.Fault(scope.hosts(words), verb));
        }
    }

    Step step(String text) {
        Words words = new Words(text);
        String first = words.next("a step");
        Function<Words, Step> reader = steps.get(first);
        if (reader == null) {
            throw new SyntaxError("unknown step '" + first + "'; known are " + String.join(", ", steps.keySet()));
        }
        Step step = reader.apply(words);
        words.end();
        return step;
    }

    /** A line below {@code config}: a section in brackets changes {@code section}, anything else is a setting in it. */
    Step.Setting setting(String section, String line) {
        int equals = line.indexOf('=');
        if (equals < 1) {
            throw new SyntaxError("'" + line + "': name = value or [section] is needed below config");
        }
        return new Step.Setting(
                section,
                line.substring(0, equals).strip(),
                scope.text(line.substring(equals + 1).strip()));
    }

    private Step sql(Words words) {
        Hosts hosts = scope.hosts(words);
        String[] statements = scope.text(words.rest("a statement")).split("\\s;;\\s", -1);
        return new Step.Sql(hosts, Arrays.stream(statements).map(String::strip).toList());
    }

    private Step attach(Words words) {
        Hosts hosts = scope.hosts(words);
        words.require("to");
        return new Step.Attach(hosts, scope.hosts(words));
    }

    private Step insert(Words words) {
        Hosts hosts = scope.hosts(words);
        String range = words.next("a range of rows");
        String[] ends = range.split("\\.\\.", -1);
        if (ends.length > 2) {
            throw new SyntaxError("'" + range + "': a..b is needed");
        }
        long first = Words.toNumber(ends[0], "the first row");
        long last = Words.toNumber(ends[ends.length - 1], "the last row");
        if (last < first) {
            throw new SyntaxError("'" + range + "': the last row comes before the first");
        }
        return new Step.Insert(hosts, first, last, words.take("by") ? words.count("rows per transaction") : 1);
    }

    private List<String> options(Words words) {
        List<String> options = words.hasMore()
                ? Arrays.asList(scope.text(words.rest("options")).split("\\s+"))
                : List.of();
        options.stream().filter(option -> !option.startsWith("--")).findFirst().ifPresent(option -> {
            throw new SyntaxError("'" + option + "': an option of the server begins with --");
        });
        return options;
    }

    private Step config(Words words) {
        String name = words.name("the name of the configuration");
        scope.defineVariable(name);
        Optional<Hosts> without = words.take("without") ? Optional.of(scope.hosts(words)) : Optional.empty();
        return new Step.Config(name, without, List.of());
    }

    private Step run(Words words) {
        Optional<Duration> within = words.take("within") ? Optional.of(words.duration("a time")) : Optional.empty();
        return new Step.Run(within, scope.text(words.rest("a command")));
    }

    private Step runInBackground(Words words) {
        String name = words.name("the name of the program");
        Step step = new Step.RunInBackground(name, scope.text(words.rest("a command")));
        scope.defineProgram(name);
        return step;
    }

    private Step client(Words words) {
        Hosts hosts = scope.hosts(words);
        int count = 1;
        if (words.hasMore() && words.peek().matches("x[0-9]+")) {
            count = new Words(words.next("a count").substring(1)).count("sessions");
        }
        return new Step.Client(hosts, count, scope.text(words.rest("a statement")));
    }

    private Step waitUntil(Words words) {
        Duration limit = words.duration("a time");
        words.require("until");
        return new Step.Wait(limit, conditions.claim(words));
    }

    private Step expect(Words words) {
        Optional<Duration> during = words.take("for") ? Optional.of(words.duration("a time")) : Optional.empty();
        return new Step.Expect(during, conditions.claim(words));
    }

    private static Step load(Words words) {
        if (words.take("stop")) {
            return new Step.EndLoad();
        }
        words.require("start");
        int connections = LOAD_CONNECTIONS;
        Duration pace = LOAD_PACE;
        while (words.hasMore()) {
            String option = words.next("an option");
            if (option.startsWith("connections=")) {
                connections = new Words(option.substring("connections=".length())).count("connections");
            } else if (option.startsWith("pace=")) {
                pace = new Words(option.substring("pace=".length())).duration("pace");
            } else {
                throw new SyntaxError("'" + option + "': connections=N or pace=TIME is allowed");
            }
        }
        return new Step.StartLoad(connections, pace);
    }

    private Step let(Words words) {
        String name = words.name("the name of the variable");
        words.require("=");
        Step.Value value = value(words);
        scope.defineVariable(name);
        return new Step.Let(name, value);
    }

    private Step.Value value(Words words) {
        String first = words.next("a value");
        switch (first) {
            case "the" -> {
                words.require("writable");
                words.require("host");
                return new Step.Value.WritableHost();
            }
            case "answer" -> {
                words.require("of");
                Hosts host = scope.hosts(words);
                words.require("to");
                return new Step.Value.Answer(host, scope.text(words.rest("a query")));
            }
            case "output" -> {
                words.require("matching");
                return new Step.Value.OutputMatch(ConditionGrammar.pattern(scope.text(words.rest("a pattern"))));
            }
            default ->
                throw new SyntaxError("'" + first + "': the writable host, answer of HOST to QUERY, or output matching"
                        + " PATTERN is needed");
        }
    }

    private Step settled(Words words) {
        Hosts host = scope.hosts(words);
        words.require("rows");
        long rows = words.number("a number of rows");
        Hosts on = words.take("on") ? scope.hosts(words) : new Hosts(List.of(Hosts.REPLICAS));
        return new Step.Settled(host, rows, on);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
