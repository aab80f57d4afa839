package io.mha4j.topology;

/** The tree as the check command and the log draw it: MHA's words and form, which operators' scripts read. */
public final class TreeDrawing {
    private TreeDrawing() {}

    /** One line for the source and one for each replica of it, each ended by a line feed. */
    public static String of(ManagedTree tree) {
        StringBuilder drawing = new StringBuilder();
        drawing.append(tree.source()).append(" (current master)\n");
        tree.replicas().forEach(r -> drawing.append(" +--").append(r.id()).append('\n'));
        return drawing.toString();
    }
}
