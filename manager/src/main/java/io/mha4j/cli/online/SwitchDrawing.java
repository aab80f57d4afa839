package io.mha4j.cli.online;

import io.mha4j.base.ServerId;
import io.mha4j.decision.online.OnlineFacts;
import io.mha4j.topology.Replica;
import io.mha4j.topology.TreeDrawing;

/** The tree as it is and as it will be, in MHA's words. */
final class SwitchDrawing {
    private SwitchDrawing() {}

    static String of(OnlineFacts facts, ServerId next) {
        StringBuilder drawing = new StringBuilder("From:\n")
                .append(TreeDrawing.of(facts.tree()))
                .append("\nTo:\n")
                .append(next)
                .append(" (new master)\n");
        facts.tree().replicas().stream()
                .map(Replica::id)
                .filter(id -> !id.equals(next) && facts.wishes().repoint())
                .forEach(id -> drawing.append(" +--").append(id).append('\n'));
        if (facts.wishes().rejoin()) {
            drawing.append(" +--").append(facts.oldSource()).append('\n');
        }
        return drawing.toString();
    }
}
