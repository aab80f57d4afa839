package io.mha4j.lab.bench;

import io.mha4j.lab.base.Folders;
import io.mha4j.lab.server.ServerKind;
import io.mha4j.lab.stage.AppSettings;
import io.mha4j.lab.stage.Layout;
import io.mha4j.lab.tree.Tree;
import io.mha4j.lab.tree.TreeSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How long the commands that people wait for take on a healthy tree of one source and three replicas, JVM start included. */
final class CommandsBench {
    private static final int RUNS = 10;
    private static final int WARM_UP = 2;

    /** One command line without {@code --conf}, the exit status that is right, and how many seconds are allowed. */
    private record Line(List<String> argv, int status, double bar) {}

    private static final List<Line> LINES = List.of(
            new Line(List.of("masterha", "config"), 0, 0.3),
            new Line(List.of("masterha_check_status"), 2, 0.2),
            new Line(List.of("masterha_check_repl"), 0, 1.2),
            new Line(List.of("masterha_check_ssh", "--from_manager_only"), 0, 0.6),
            new Line(List.of("masterha_check_ssh"), 0, 1.5));

    private final ServerKind kind;
    private final Layout layout;

    CommandsBench(ServerKind kind, Layout layout) {
        this.kind = kind;
        this.layout = layout;
    }

    /** Whether each command keeps its bar. */
    boolean run() {
        Path work = Folders.temporary();
        try (Tree tree = Tree.start(TreeSpec.star(kind, 3), work.resolve("tree"))) {
            Path conf = work.resolve("app1.cnf");
            new AppSettings("app1", Map.of(), List.of()).write(tree, conf, work.resolve("app1"));
            CommandTime.seconds(work, List.of(layout.bin().resolve("masterha").toString(), "prepare-start"), 0);
            boolean kept = true;
            for (Line line : LINES) {
                kept &= measure(line, work, conf);
            }
            return kept;
        } finally {
            Folders.delete(work);
        }
    }

    private boolean measure(Line line, Path work, Path conf) {
        List<String> argv = new ArrayList<>(line.argv());
        argv.set(0, layout.bin().resolve(argv.get(0)).toString());
        argv.add("--conf=" + conf);
        double[] seconds = new double[RUNS];
        for (int run = -WARM_UP; run < RUNS; run++) {
            double took = CommandTime.seconds(work, argv, line.status());
            if (run >= 0) {
                seconds[run] = took;
            }
        }
        Figures figures = new Figures(seconds);
        System.out.printf(
                "%-40s median %.3f s, fastest %.3f s, slowest %.3f s (bar: %.1f s)%n",
                String.join(" ", line.argv()), figures.median(), figures.least(), figures.greatest(), line.bar());
        return figures.median() <= line.bar();
    }
}
