package io.mha4j.lab.bench;

import io.mha4j.lab.base.Folders;
import io.mha4j.lab.host.LabHost;
import io.mha4j.lab.server.ServerKind;
import io.mha4j.lab.stage.AppSettings;
import io.mha4j.lab.stage.Layout;
import io.mha4j.lab.tree.Tree;
import io.mha4j.lab.tree.TreeSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How long the checks take when one host of four is silent: its own time-out, and not much more. */
final class SilentBench {
    private static final int RUNS = 3;

    /** What a server may take in a sweep, and the default of {@code ssh_connection_timeout}. */
    private static final double TIME_OUT = 5.0;

    private static final double BAR = TIME_OUT + 1;

    private static final List<String> CHECK_REPL = List.of("masterha_check_repl");
    private static final List<String> CHECK_SSH = List.of("masterha_check_ssh");
    private static final List<String> FROM_HERE = List.of("masterha_check_ssh", "--from_manager_only");

    private final ServerKind kind;
    private final Layout layout;

    SilentBench(ServerKind kind, Layout layout) {
        this.kind = kind;
        this.layout = layout;
    }

    /** Whether each command keeps its bar. */
    boolean run() {
        Path work = Folders.temporary();
        try (Tree tree = Tree.start(TreeSpec.star(kind, 3), work.resolve("tree"))) {
            new AppSettings("app1", Map.of(), List.of()).write(tree, conf(work), work.resolve("app1"));
            List<String> prepare = List.of(program("masterha"), "prepare-start");
            CommandTime.seconds(work, prepare, 0);
            return silenced(tree, work);
        } finally {
            Folders.delete(work);
        }
    }

    private boolean silenced(Tree tree, Path work) {
        LabHost replica = tree.hosts().get(2);
        LabHost source = tree.hosts().get(0);
        replica.server().freeze();
        boolean kept = measure("a frozen replica", CHECK_REPL, work);
        replica.server().thaw();
        source.server().freeze();
        kept &= measure("a frozen source", CHECK_REPL, work);
        source.server().thaw();
        replica.hostGone();
        kept &= measure("a replica's host gone", CHECK_REPL, work);
        kept &= measure("a replica's host gone", FROM_HERE, work);
        kept &= measure("a replica's host gone", CHECK_SSH, work);
        return kept;
    }

    private boolean measure(String fault, List<String> command, Path work) {
        List<String> argv = new ArrayList<>(command);
        argv.set(0, program(command.get(0)));
        argv.add("--conf=" + conf(work));
        double[] seconds = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            seconds[run] = CommandTime.seconds(work, argv, 1);
        }
        Figures figures = new Figures(seconds);
        System.out.printf(
                "%-24s %-40s median %.2f s, slowest %.2f s (bar: %.1f s)%n",
                fault, String.join(" ", command), figures.median(), figures.greatest(), BAR);
        return figures.median() <= BAR;
    }

    private String program(String name) {
        return layout.bin().resolve(name).toString();
    }

    private static Path conf(Path work) {
        return work.resolve("app1.cnf");
    }
}
