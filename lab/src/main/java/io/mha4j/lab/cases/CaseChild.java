package io.mha4j.lab.cases;

import io.mha4j.base.Deadline;
import io.mha4j.base.MhaException;
import io.mha4j.lab.base.LabException;
import io.mha4j.lab.base.Programs;
import io.mha4j.lab.base.Waiter;
import io.mha4j.lab.host.LabHost;
import io.mha4j.lab.script.CaseFile;
import io.mha4j.lab.script.CaseFile.Line;
import io.mha4j.lab.server.ServerKind;
import io.mha4j.lab.stage.Layout;
import io.mha4j.lab.tree.Tree;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/** One run of one case, in the process that the runner made for it. Exit: 0 passed, 1 failed. */
final class CaseChild {
    private final Layout layout;
    private final CaseRun run;
    private final Path work;
    private final PrintStream out;
    private final Waiter waiter = Waiter.real();
    private final long start = waiter.ticks().nanos();
    private final Deadline deadline;

    private CaseChild(Layout layout, CaseRun run, Path work, PrintStream out) {
        this.layout = layout;
        this.run = run;
        this.work = work;
        this.out = out;
        this.deadline = waiter.in(run.file().head().deadline());
    }

    /** Arguments: root, case, server kind, gtid, format, folder for results, folder for data. */
    public static void main(String[] args) {
        Layout layout = Layout.at(Path.of(args[0]));
        CaseFile file = new CaseLibrary(layout.cases()).read(args[1]);
        ServerKind kind = ServerKind.named(args[2]).orElseThrow();
        CaseRun run = new CaseRun(file, kind, args[3].equals("on"), args[4]);
        boolean passed = new CaseChild(layout, run, Path.of(args[5]), System.out).passes(Path.of(args[6]));
        // Not a return: the SSH endpoints keep threads.
        System.exit(passed ? 0 : 1);
    }

    private boolean passes(Path data) {
        say(run.label());
        try (Tree tree = Tree.start(TreeSpecs.of(run), data)) {
            say("tree of " + tree.hosts().size() + " servers is up");
            boolean passed = perform(tree);
            if (!passed) {
                keepRecords(tree);
            }
            return passed;
        } catch (MhaException e) {
            say("FAILED " + e.getMessage());
            return false;
        }
    }

    private boolean perform(Tree tree) {
        if (run.file().probe().isPresent()) {
            return performProbe(tree, run.file().probe().get());
        }
        try (Stage stage = Stage.around(tree, work, deadline, layout)) {
            StepRunner runner = new StepRunner(stage, remark -> say("      " + remark));
            for (Line line : run.file().steps()) {
                if (line.guard().admits(run.traits()) && !done(line, runner)) {
                    stage.commands().outputs().forEach(this::quote);
                    return false;
                }
            }
        }
        say("passed");
        return true;
    }

    private boolean done(Line line, StepRunner runner) {
        say("%4d: %s".formatted(line.number(), line.text()));
        try {
            if (deadline.isOver()) {
                throw new CaseFailed("the deadline of the case is over");
            }
            line.step().match(runner);
            return true;
        } catch (MhaException e) {
            say("FAILED %s:%d: %s%n    %s"
                    .formatted(
                            layout.cases().resolve(run.file().name()).resolve("case.txt"),
                            line.number(),
                            line.text(),
                            e.getMessage()));
            return false;
        }
    }

    private boolean performProbe(Tree tree, String name) {
        try {
            Class<? extends Probe> type = Class.forName(name).asSubclass(Probe.class);
            type.getConstructor().newInstance().run(tree, work);
            say("passed");
            return true;
        } catch (MhaException | AssertionError e) {
            say("FAILED " + e.getMessage());
        } catch (ReflectiveOperationException | ClassCastException e) {
            say("FAILED " + name + " is no probe that can be made: " + e);
        }
        return false;
    }

    private void quote(Path file) {
        try {
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            say("end of " + file + ":\n  " + Programs.lastLines(text));
        } catch (IOException e) {
            throw new LabException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** The servers' folders are removed; what explains a failure is not. */
    private void keepRecords(Tree tree) {
        for (LabHost host : tree.hosts()) {
            String name = host.folder().getFileName().toString();
            keep(host.server().errorLog(), name + "-error.log");
            keep(host.commandLog(), name + "-ssh-commands.log");
            keep(host.shellLog(), name + "-ssh-shell.log");
        }
    }

    private void keep(Path file, String name) {
        try {
            if (Files.exists(file)) {
                Files.copy(file, work.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            say("cannot keep " + file + ": " + e.getMessage());
        }
    }

    private void say(String text) {
        out.printf(Locale.ROOT, "%8.3f  %s%n", (waiter.ticks().nanos() - start) / 1e9, text);
        out.flush();
    }
}
