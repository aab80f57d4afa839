package io.mha4j.lab.script;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names that mean something at one place of a case: servers of its tree, variables and programs defined above. */
final class Scope {
    /** Variables that every case has; what they mean is in {@code lab/cases/README.md}. */
    static final Set<String> GIVEN = Set.of("root", "work", "hook", "route", "ssh_key", "kind");

    /** What can follow a server's name in a variable, as in <code>${source.port}</code>. */
    static final Set<String> HOST_FACTS = Set.of("host", "port", "ssh_port", "datadir", "error_log", "pid");

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");

    private final Set<String> servers = new HashSet<>();
    private final Set<String> variables = new HashSet<>(GIVEN);
    private final Set<String> programs = new HashSet<>();

    Scope(int replicas) {
        servers.add(Hosts.SOURCE);
        for (int i = 1; i <= replicas; i++) {
            servers.add(Hosts.REPLICA + i);
        }
    }

    void defineVariable(String name) {
        refuseTaken(name);
        variables.add(name);
    }

    void defineProgram(String name) {
        refuseTaken(name);
        programs.add(name);
    }

    private void refuseTaken(String name) {
        if (servers.contains(name) || GIVEN.contains(name) || ConditionGrammar.WORDS.contains(name)) {
            throw new SyntaxError("'" + name + "' means something else already; take another name");
        }
    }

    boolean isProgram(String name) {
        return programs.contains(name);
    }

    String program(Words words) {
        String name = words.next("the name of a program");
        if (!programs.contains(name)) {
            throw new SyntaxError("no program '" + name + "' was started by run_bg above");
        }
        return name;
    }

    Hosts hosts(Words words) {
        return hosts(words.next("a server"));
    }

    /** {@code list} is names with commas between. */
    Hosts hosts(String list) {
        List<String> names = new ArrayList<>();
        for (String name : list.split(",", -1)) {
            if (name.startsWith("${")) {
                text(name);
            } else if (!servers.contains(name) && !name.equals(Hosts.ALL) && !name.equals(Hosts.REPLICAS)) {
                throw new SyntaxError("'" + name + "' is no server of this case; there are "
                        + String.join(", ", servers.stream().sorted().toList()) + ", replicas, all");
            }
            names.add(name);
        }
        return new Hosts(names);
    }

    /** Answers {@code text} when all variables in it are defined. */
    String text(String text) {
        Matcher matcher = VARIABLE.matcher(text);
        while (matcher.find()) {
            check(matcher.group(1));
        }
        return text;
    }

    private void check(String name) {
        int dot = name.indexOf('.');
        String base = dot < 0 ? name : name.substring(0, dot);
        if (dot >= 0 && !HOST_FACTS.contains(name.substring(dot + 1))) {
            throw new SyntaxError("${" + name + "}: after the dot one of "
                    + String.join(", ", HOST_FACTS.stream().sorted().toList()) + " is needed");
        }
        if (!variables.contains(base) && !servers.contains(base)) {
            throw new SyntaxError("${" + name + "} is not defined above");
        }
    }
}
