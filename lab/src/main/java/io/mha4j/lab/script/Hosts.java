package io.mha4j.lab.script;

import java.util.List;

/**
 * Names of servers as written: {@code source}, {@code replica1} and so on, {@code replicas}, {@code all}, or a variable
 * such as <code>${new_source}</code>.
 */
public record Hosts(List<String> names) {
    public static final String SOURCE = "source";
    public static final String REPLICA = "replica";
    public static final String REPLICAS = "replicas";
    public static final String ALL = "all";

    public Hosts {
        names = List.copyOf(names);
    }
}
