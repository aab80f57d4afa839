package io.mha4j.lab.cases;

import io.mha4j.lab.script.CaseHead;
import io.mha4j.lab.script.CaseHead.ServerOption;
import io.mha4j.lab.script.Hosts;
import io.mha4j.lab.server.BinlogFormat;
import io.mha4j.lab.tree.TreeSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Turns the head of a case into the tree that one run needs. */
final class TreeSpecs {
    private static final int EVERY_SERVER = 0;

    private TreeSpecs() {}

    static TreeSpec of(CaseRun run) {
        CaseHead head = run.file().head();
        Map<Integer, Map<String, String>> options = new HashMap<>();
        for (ServerOption option : head.options()) {
            for (int number : numbers(option.hosts(), head.replicas())) {
                int equals = option.line().indexOf('=');
                String name = equals < 0 ? option.line() : option.line().substring(0, equals);
                String value = equals < 0 ? "" : option.line().substring(equals + 1);
                options.computeIfAbsent(number, n -> new HashMap<>()).put(name.strip(), value.strip());
            }
        }
        return new TreeSpec(
                run.kind(),
                run.gtid(),
                head.replicas(),
                BinlogFormat.valueOf(run.format().toUpperCase(Locale.ROOT)),
                TreeSpec.Shape.valueOf(head.shape().toUpperCase(Locale.ROOT)),
                TreeSpec.Place.valueOf(head.place().toUpperCase(Locale.ROOT)),
                options);
    }

    private static List<Integer> numbers(Hosts hosts, int replicas) {
        List<Integer> numbers = new ArrayList<>();
        for (String name : hosts.names()) {
            if (name.equals(Hosts.ALL)) {
                numbers.add(EVERY_SERVER);
            } else if (name.equals(Hosts.REPLICAS)) {
                IntStream.rangeClosed(2, replicas + 1).forEach(numbers::add);
            } else if (name.equals(Hosts.SOURCE)) {
                numbers.add(1);
            } else {
                numbers.add(1 + Integer.parseInt(name.substring(Hosts.REPLICA.length())));
            }
        }
        return numbers;
    }
}
