package io.mha4j.lab.cases;

import io.mha4j.lab.host.LabHost;
import io.mha4j.lab.script.Hosts;
import io.mha4j.lab.server.LabServer;
import io.mha4j.lab.tree.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What names in a case stand for: servers of the tree and variables. */
final class Names {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");

    private final Tree tree;
    private final Map<String, String> variables;

    /** {@code given} are the variables that every case has. */
    Names(Tree tree, Map<String, String> given) {
        this.tree = tree;
        this.variables = new HashMap<>(given);
    }

    void define(String name, String value) {
        variables.put(name, value);
    }

    /** The text with its variables replaced. */
    String text(String raw) {
        return replace(raw, value -> value);
    }

    /** A regular expression with its variables replaced by what matches their values. */
    Pattern pattern(String raw) {
        return Pattern.compile(replace(raw, Pattern::quote), Pattern.MULTILINE);
    }

    private String replace(String raw, java.util.function.UnaryOperator<String> form) {
        Matcher matcher = VARIABLE.matcher(raw);
        StringBuilder text = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(text, Matcher.quoteReplacement(form.apply(value(matcher.group(1)))));
        }
        return matcher.appendTail(text).toString();
    }

    private String value(String name) {
        int dot = name.indexOf('.');
        String base = dot < 0 ? name : name.substring(0, dot);
        String value = variables.getOrDefault(base, base);
        return dot < 0 ? value : fact(named(value), name.substring(dot + 1));
    }

    private static String fact(LabHost host, String fact) {
        LabServer server = host.server();
        return switch (fact) {
            case "host" -> server.host();
            case "port" -> Integer.toString(server.port());
            case "ssh_port" -> Integer.toString(host.sshPort());
            case "datadir" -> server.dataDir().toString();
            case "error_log" -> server.errorLog().toString();
            case "pid" -> Long.toString(server.pid());
            default -> throw new CaseFailed("a server has no '" + fact + "'");
        };
    }

    List<LabHost> hosts(Hosts hosts) {
        List<LabHost> found = new ArrayList<>();
        for (String raw : hosts.names()) {
            String name = text(raw);
            if (name.equals(Hosts.ALL)) {
                found.addAll(tree.hosts());
            } else if (name.equals(Hosts.REPLICAS)) {
                found.addAll(tree.hosts().subList(1, tree.hosts().size()));
            } else {
                found.add(named(name));
            }
        }
        return found;
    }

    List<LabServer> servers(Hosts hosts) {
        return hosts(hosts).stream().map(LabHost::server).toList();
    }

    /** The one server meant. */
    LabServer server(Hosts host) {
        List<LabServer> servers = servers(host);
        if (servers.size() != 1) {
            throw new CaseFailed(host.names() + " are " + servers.size() + " servers where one is needed");
        }
        return servers.get(0);
    }

    /** How a case calls this host. */
    String nameOf(LabHost host) {
        int number = tree.hosts().indexOf(host);
        return number == 0 ? Hosts.SOURCE : Hosts.REPLICA + number;
    }

    private LabHost named(String name) {
        return tree.hosts().stream()
                .filter(host -> nameOf(host).equals(name))
                .findFirst()
                .orElseThrow(() -> new CaseFailed("'" + name + "' is no server of this case"));
    }
}
