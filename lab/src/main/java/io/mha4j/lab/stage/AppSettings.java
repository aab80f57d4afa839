package io.mha4j.lab.stage;

import io.mha4j.lab.base.Folders;
import io.mha4j.lab.base.LabException;
import io.mha4j.lab.tree.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An application file as a case wants it.
 *
 * @param name     of the application
 * @param sections keys by section, {@code server default} among them
 * @param without  sections to leave out
 */
public record AppSettings(String name, Map<String, Map<String, String>> sections, List<String> without) {
    private static final String DEFAULTS = "server default";

    /** {@code managerFolder} gets the manager's state and log unless the settings say otherwise. */
    public void write(Tree tree, Path file, Path managerFolder) {
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put("manager_workdir", managerFolder.toString());
        defaults.put("manager_log", managerFolder.resolve("manager.log").toString());
        defaults.putAll(sections.getOrDefault(DEFAULTS, Map.of()));
        Map<String, Map<String, String>> others = new LinkedHashMap<>(sections);
        others.remove(DEFAULTS);
        Folders.make(managerFolder);
        tree.writeConfig(file, defaults, others);
        if (!without.isEmpty()) {
            leaveOut(file);
        }
    }

    private void leaveOut(Path file) {
        try {
            StringBuilder text = new StringBuilder();
            boolean wanted = true;
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith("[")) {
                    wanted = !without.contains(line.substring(1, line.indexOf(']')));
                }
                if (wanted) {
                    text.append(line).append('\n');
                }
            }
            Folders.write(file, text.toString());
        } catch (IOException e) {
            throw new LabException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
