package io.mha4j.lab.cases;

import io.mha4j.lab.script.CaseFile;
import io.mha4j.lab.server.ServerKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One run of a case.
 *
 * @param gtid   whether replicas follow by GTID
 * @param format binary log format: {@code row}, {@code mixed} or {@code statement}
 */
record CaseRun(CaseFile file, ServerKind kind, boolean gtid, String format) {
    /** All runs that a case asks for on the kinds that {@code wanted} admits; a kind without GTIDs runs without only. */
    static List<CaseRun> of(CaseFile file, Predicate<ServerKind> wanted) {
        List<CaseRun> runs = new ArrayList<>();
        file.head().kinds().stream()
                .flatMap(label -> ServerKind.named(label).stream())
                .filter(wanted)
                .forEach(kind -> runs.addAll(of(file, kind)));
        return runs;
    }

    private static List<CaseRun> of(CaseFile file, ServerKind kind) {
        List<CaseRun> runs = new ArrayList<>();
        for (boolean gtid : file.head().gtid()) {
            if (!gtid || kind.knowsGtids()) {
                file.head().formats().forEach(format -> runs.add(new CaseRun(file, kind, gtid, format)));
            }
        }
        Set<String> only = file.head().only();
        runs.removeIf(run -> !only.isEmpty() && !only.contains(run.combination()));
        return runs;
    }

    /** Whether it takes place only when everything is asked for. */
    boolean isLong() {
        Set<String> slow = file.head().slow();
        return slow.contains(kind.label()) || slow.contains(way());
    }

    private String combination() {
        return way() + "-" + format;
    }

    private String way() {
        return kind.label() + (gtid ? "-gtid" : "-file");
    }

    /** Words that guards of steps speak of. */
    Set<String> traits() {
        Set<String> traits = new LinkedHashSet<>();
        traits.add(gtid ? "gtid" : "file");
        traits.add(kind.isMariadb() ? "mariadb" : "mysql");
        traits.add(kind.label());
        traits.add(format);
        return traits;
    }

    /** Name for files and tables, for example {@code kill9_failover-8.0.15-gtid-row}. */
    String label() {
        return file.name() + "-" + combination();
    }
}
