package io.mha4j.lab.stepwise;

import io.mha4j.lab.cases.Probe;
import io.mha4j.lab.tree.Tree;
import java.nio.file.Path;
import java.util.List;

/** A server or the command is killed. */
public final class KillProbe implements Probe {
    @Override
    public void run(Tree tree, Path work) {
        new StepFaults(tree, work)
                .run(List.of(
                        SwitchFault.OLD_KILLED,
                        SwitchFault.NEW_KILLED,
                        SwitchFault.REPLICA_KILLED,
                        SwitchFault.COMMAND_KILLED));
    }
}
