package io.mha4j.feed;

import io.mha4j.base.Secret;
import java.util.Optional;
import java.util.Random;

/**
 * The login that one feed accepts.
 *
 * @param user at most 16 characters, which is what MySQL before 5.7 takes; begins with {@link #PREFIX}
 */
public record FeedAccount(String user, Secret password) {
    /** By this a replica shows that it was, or still is, levelled by a feed. */
    public static final String PREFIX = "mha4j_feed_";

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int USER_LETTERS = 5;
    /** Servers before 5.7.5 take 32 characters of a source's password; this many letters hold 124 bits. */
    private static final int PASSWORD_LETTERS = 24;

    /**
     * With a password that nobody else knows.
     *
     * @param mark end of the user's name; chance where it is absent
     */
    static FeedAccount of(Optional<String> mark, Random luck) {
        String user = PREFIX + mark.orElseGet(() -> letters(luck, USER_LETTERS));
        return new FeedAccount(user, new Secret(letters(luck, PASSWORD_LETTERS)));
    }

    private static String letters(Random luck, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(LETTERS.charAt(luck.nextInt(LETTERS.length())));
        }
        return text.toString();
    }
}
