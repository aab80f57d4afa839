package io.mha4j.decision.check;

import io.mha4j.base.ServerId;
import io.mha4j.topology.TreeRefusal;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that a check noticed.
 *
 * @param server whom it is about; absent: the tree or the manager
 * @param cause  what was seen, one sentence that names the thing; where MHA has a phrase that operators search their logs
 *     for, it begins with that phrase
 * @param cure   what to do, one sentence or a statement to run
 */
public record CheckFinding(Check check, Optional<ServerId> server, String cause, String cure) {
    /** The worst first; then by kind and in the servers' order. */
    public static final Comparator<CheckFinding> WORST_FIRST = CheckFinding::compareUrgency;

    private static int compareUrgency(CheckFinding one, CheckFinding other) {
        int byGrade = one.grade().compareTo(other.grade());
        int byCheck = byGrade != 0 ? byGrade : one.check.compareTo(other.check);
        return byCheck != 0 ? byCheck : Integer.compare(one.rank(), other.rank());
    }

    private int rank() {
        return server.map(ServerId::order).orElse(-1);
    }

    static CheckFinding of(Check check, ServerId server, String cause, String cure) {
        return new CheckFinding(check, Optional.of(server), cause, cure);
    }

    /** One about the tree as a whole, or about the manager. */
    public static CheckFinding general(Check check, String cause, String cure) {
        return new CheckFinding(check, Optional.empty(), cause, cure);
    }

    /** One about servers that form no tree; such a sentence ends with the way out. */
    public static CheckFinding of(TreeRefusal refusal) {
        String text = refusal.sentence();
        int cure = Math.max(text.lastIndexOf("; "), text.lastIndexOf(". "));
        return cure < 0
                ? general(Check.NO_TREE, text + ".", "")
                : general(
                        Check.NO_TREE,
                        text.substring(0, cure) + ".",
                        text.substring(cure + 2, cure + 3).toUpperCase(Locale.ROOT) + text.substring(cure + 3) + ".");
    }

    public Grade grade() {
        return check.grade();
    }

    /** Cause, cure, grade and kind, as the log has them. */
    public String sentence() {
        return cause + (cure.isEmpty() ? "" : " " + cure) + " [" + grade().words() + ": " + check.label() + "]";
    }
}
