package io.mha4j.lab.script;

import java.util.List;
import java.util.Optional;

/**
 * One case as written.
 *
 * @param name        name of its folder
 * @param description comment lines above the head
 * @param probe       class that does the case instead of steps
 */
public record CaseFile(String name, List<String> description, CaseHead head, Optional<String> probe, List<Line> steps) {
    public CaseFile {
        description = List.copyOf(description);
        steps = List.copyOf(steps);
    }

    /**
     * A step and where it stands.
     *
     * @param number line of the file, from 1
     * @param text   as written, for reports
     */
    public record Line(int number, String text, Guard guard, Step step) {}
}
