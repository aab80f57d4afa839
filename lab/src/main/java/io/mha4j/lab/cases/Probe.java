package io.mha4j.lab.cases;

import io.mha4j.lab.tree.Tree;
import java.nio.file.Path;

/**
 * A case written in Java, for what the line language should not grow to say. It is named by the {@code probe} line of a
 * case file and needs a public constructor without arguments.
 */
public interface Probe {
    /**
     * Does the case; returning means that it passed.
     *
     * @param tree running, as the head of the case file asks for
     * @param work an empty folder that is kept when the case fails
     * @throws CaseFailed with what was seen instead of what was expected
     */
    void run(Tree tree, Path work);
}
