package io.mha4j.execution;

import io.mha4j.decision.Phase;
import java.util.ArrayList;
import java.util.List;

/**
 * MHA's phase headings, word for word, because operators' tools look for them (MHA manager 0.58, MasterFailover.pm). Each
 * is handed out once, when its phase begins; headings of phases without steps of their own come with the next.
 */
final class Headings {
    private record Line(Phase phase, String text) {}

    private final List<Line> lines;
    private int next;

    private Headings(List<Line> lines) {
        this.lines = lines;
    }

    /** Headings of a failover by GTID, or by file and position. */
    static Headings of(boolean gtids) {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(Phase.CUT_OFF, "** Phase 1: Configuration Check Phase completed."));
        lines.add(new Line(Phase.CUT_OFF, "* Phase 2: Dead Master Shutdown Phase.."));
        lines.add(new Line(Phase.LEVEL, "* Phase 2: Dead Master Shutdown Phase completed."));
        lines.add(new Line(Phase.LEVEL, "* Phase 3: Master Recovery Phase.."));
        lines.add(new Line(Phase.LEVEL, "* Phase 3.1: Getting Latest Slaves Phase.."));
        if (!gtids) {
            lines.add(new Line(Phase.LEVEL, "* Phase 3.2: Saving Dead Master's Binlog Phase.."));
        }
        lines.add(new Line(Phase.LEVEL, "* Phase 3.3: Determining New Master Phase.."));
        if (gtids) {
            lines.add(new Line(Phase.LEVEL, "* Phase 3.3: New Master Recovery Phase.."));
        } else {
            lines.add(new Line(Phase.LEVEL, "* Phase 3.4: New Master Diff Log Generation Phase.."));
            lines.add(new Line(Phase.LEVEL, "* Phase 3.5: Master Log Apply Phase.."));
        }
        lines.add(new Line(Phase.REPOINT, "** Finished master recovery successfully."));
        lines.add(new Line(Phase.REPOINT, "* Phase 3: Master Recovery Phase completed."));
        lines.add(new Line(Phase.REPOINT, "* Phase 4: Slaves Recovery Phase.."));
        if (gtids) {
            lines.add(new Line(Phase.REPOINT, "* Phase 4.1: Starting Slaves in parallel.."));
        } else {
            lines.add(new Line(Phase.REPOINT, "* Phase 4.1: Starting Parallel Slave Diff Log Generation Phase.."));
            lines.add(new Line(Phase.REPOINT, "* Phase 4.2: Starting Parallel Slave Log Apply Phase.."));
        }
        return new Headings(lines);
    }

    /** The first heading of every failover. */
    static String first() {
        return "* Phase 1: Configuration Check Phase..";
    }

    /** The last heading, when the new source has been cleaned up. */
    static String last() {
        return "* Phase 5: New master cleanup phase..";
    }

    /** Headings that are due when {@code phase} begins, in order. */
    List<String> upTo(Phase phase) {
        List<String> due = new ArrayList<>();
        while (next < lines.size() && lines.get(next).phase().compareTo(phase) <= 0) {
            due.add(lines.get(next++).text());
        }
        return due;
    }
}
