package io.mha4j.lab.check;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the manager's log claims about lost transactions: its last line with {@code verdict:} and then {@code none},
 * {@code at least N transactions lost} or {@code unknown}.
 *
 * @param line   as logged
 * @param proven whether it claims to be able to prove that nothing is lost
 * @param loss   what may be true of the writes then
 */
public record LossClaim(String line, boolean proven, Loss loss) {
    /** How many writes are lost. */
    public enum Loss {
        NONE,
        SOME,
        ANY
    }

    private static final Pattern CLAIM = Pattern.compile(
            "verdict: *(?:(none)(, proven\\b)?|(at least) [0-9]+ transactions? lost|(unknown))",
            Pattern.CASE_INSENSITIVE);

    /** The last claim in the log; empty if there is none. */
    public static Optional<LossClaim> in(List<String> log) {
        Optional<LossClaim> last = Optional.empty();
        for (String line : log) {
            Matcher claim = CLAIM.matcher(line);
            if (claim.find()) {
                last = Optional.of(new LossClaim(line.strip(), claim.group(2) != null, loss(claim)));
            }
        }
        return last;
    }

    private static Loss loss(Matcher claim) {
        if (claim.group(1) != null) {
            return Loss.NONE;
        }
        return claim.group(3) != null ? Loss.SOME : Loss.ANY;
    }

    /**
     * Whether the rows bear it out. Not to know is never untrue. The manager counts transactions without knowing which of them a
     * client was told of: those that it calls lost may all be writes whose answer never came.
     */
    public boolean agreesWith(WriteComparison found) {
        return switch (loss) {
            case NONE -> found.lost().isEmpty();
            case SOME -> !found.lost().isEmpty() || found.unknownAbsent() > 0;
            case ANY -> true;
        };
    }
}
