package io.mha4j.lab.stage;

import io.mha4j.lab.base.LabException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where things are in the source tree.
 *
 * @param root the top folder of the source tree
 */
public record Layout(Path root) {
    public Layout {
        root = root.toAbsolutePath().normalize();
    }

    /**
     * The tree that {@code root} is the top of.
     *
     * @throws LabException if it is not
     */
    public static Layout at(Path root) {
        Layout layout = new Layout(root);
        if (!Files.isDirectory(layout.cases())) {
            throw new LabException(layout.root() + " is not the top of the source tree: lab/cases is missing");
        }
        return layout;
    }

    public Path cases() {
        return root.resolve("lab/cases");
    }

    /** Folders of failed cases. */
    public Path results() {
        return root.resolve("lab/target/cases");
    }

    /** Logs and records of the last demo. */
    public Path demo() {
        return root.resolve("lab/target/demo");
    }

    /** Commands under test. */
    public Path bin() {
        return root.resolve("bin");
    }

    /** The hook script that moves the client address. */
    public Path addressHook() {
        return root.resolve("lab/hooks/master_ip_failover");
    }
}
