package io.mha4j.topology;

import io.mha4j.base.ServerId;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * How a replica that is being levelled is told by its source's account whose events it gets. It follows a feed at an address
 * that means nothing later, and servers forget what a source called itself as soon as they are pointed at another one: when a
 * levelling is cut off, the account is all that is left.
 */
public final class LevellingMark {
    /** What is left of the 16 characters that MySQL before 5.7 takes, behind {@link ReplicaStatus#LEVELLING_USER}. */
    private static final int LETTERS = 5;

    private static final int RADIX = 36;

    private LevellingMark() {}

    /** Five letters and digits, the same for one configured source each time. */
    public static String of(ServerId source) {
        CRC32 sum = new CRC32();
        sum.update((source.host().toLowerCase(Locale.ROOT) + ":" + source.port()).getBytes(StandardCharsets.UTF_8));
        String digits = "0".repeat(LETTERS) + Long.toString(sum.getValue(), RADIX);
        return digits.substring(digits.length() - LETTERS);
    }

    /** Whether a replica was pointed at a feed of this source's events. */
    static boolean names(ServerId source, ReplicaStatus replica) {
        return replica.user().equals(ReplicaStatus.LEVELLING_USER + of(source));
    }
}
