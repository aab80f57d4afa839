package io.mha4j.lab.check;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the manager's log claims about lost transactions: its last line with {@code verdict:} and then {@code none},
 * {@code N transactions lost} or {@code unknown}.
 *
 * @param line   as logged
 * @param proven whether it claims to be able to prove that nothing is lost
 * @param atMost how many transactions may be lost if the claim is true; empty when it does not claim to know
 */
public record LossClaim(String line, boolean proven, OptionalLong atMost) {
    private static final Pattern CLAIM = Pattern.compile(
            "verdict: *(?:(none)(, proven\\b)?|([0-9]+) transactions? (?:is|are|was|were)? *lost|(unknown))",
            Pattern.CASE_INSENSITIVE);

    /** The last claim in the log; empty if there is none. */
    public static Optional<LossClaim> in(List<String> log) {
        Optional<LossClaim> last = Optional.empty();
        for (String line : log) {
            Matcher claim = CLAIM.matcher(line);
            if (claim.find()) {
                last = Optional.of(new LossClaim(line.strip(), claim.group(2) != null, atMost(claim)));
            }
        }
        return last;
    }

    private static OptionalLong atMost(Matcher claim) {
        if (claim.group(4) != null) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(claim.group(1) != null ? 0 : Long.parseLong(claim.group(3)));
    }

    /** Whether the rows bear it out. Not to know is never untrue. */
    public boolean agreesWith(WriteComparison found) {
        return atMost.isEmpty() || found.lost().size() <= atMost.getAsLong();
    }
}
