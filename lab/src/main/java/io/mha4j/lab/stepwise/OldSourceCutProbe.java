package io.mha4j.lab.stepwise;

import io.mha4j.lab.cases.Probe;
import io.mha4j.lab.tree.Tree;
import java.nio.file.Path;
import java.util.List;

/** The way between the command and the old source is cut. */
public final class OldSourceCutProbe implements Probe {
    @Override
    public void run(Tree tree, Path work) {
        new StepFaults(tree, work).run(List.of(SwitchFault.OLD_CUT, SwitchFault.OLD_MUTE));
    }
}
