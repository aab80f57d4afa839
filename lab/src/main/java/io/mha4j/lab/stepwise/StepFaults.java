package io.mha4j.lab.stepwise;

import io.mha4j.lab.base.LabException;
import io.mha4j.lab.cases.CaseFailed;
import io.mha4j.lab.tree.Tree;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Every step with every one of some faults; tells what became of each, and fails at the end if a promise was not held. */
final class StepFaults {
    private final Path work;
    private Tree tree;
    private int failed;
    private int rounds;

    /** @param tree that of the first round; each later one has its own */
    StepFaults(Tree tree, Path work) {
        this.tree = tree;
        this.work = work;
    }

    /** Strikes behind every step with each of {@code faults}. */
    void run(List<SwitchFault> faults) {
        try (CommandHost commands = CommandHost.start(work.resolve("manager"))) {
            for (SwitchFault fault : faults) {
                for (SwitchStep step : SwitchStep.values()) {
                    round(commands, step, fault);
                }
            }
        } finally {
            tree.close();
        }
        if (failed > 0) {
            throw new CaseFailed(failed + " of " + rounds + " rounds did not end as promised");
        }
    }

    private void round(CommandHost commands, SwitchStep step, SwitchFault fault) {
        rounds++;
        freshTree();
        Path folder = work.resolve(fault + "-" + step);
        try {
            SwitchRound.Story story = new SwitchRound(tree, commands, folder, step, fault).run();
            String gap = story.gap().map(g -> g.toMillis() + " ms").orElse("?");
            say("%-15s %-14s %-22s ended after %6d ms, writes stopped for %s"
                    .formatted(fault, step, story.ends(), story.millis(), gap));
        } catch (CaseFailed | LabException e) {
            failed++;
            say("%-15s %-14s NOT AS PROMISED %s".formatted(fault, step, e.getMessage()));
        }
    }

    /** A round must not find what another one left. */
    private void freshTree() {
        if (rounds == 1) {
            return;
        }
        tree.close();
        tree = Tree.start(tree.spec(), work.resolve("tree" + rounds));
    }

    private static void say(String text) {
        System.out.printf(Locale.ROOT, "          %s%n", text);
        System.out.flush();
    }
}
