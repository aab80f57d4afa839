package io.mha4j.feed;

import io.mha4j.base.Secret;
import io.mha4j.binlog.FormatDescription;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a client proves that it knows the password (MySQL manual, "Authentication Methods" of the protocol). */
enum AuthMethod {
    /** Every client up to MySQL 8.4 and all of MariaDB. */
    NATIVE("mysql_native_password") {
        @Override
        byte[] proof(Secret password, byte[] salt) {
            byte[] once = digest("SHA-1", bytes(password));
            return xor(once, digest("SHA-1", salt, digest("SHA-1", once)));
        }
    },

    /** MySQL 8.0.4 and later, whose 9.x knows nothing else. This is its short way, which needs no encryption. */
    CACHING_SHA2("caching_sha2_password") {
        @Override
        byte[] proof(Secret password, byte[] salt) {
            byte[] once = digest("SHA-256", bytes(password));
            return xor(once, digest("SHA-256", digest("SHA-256", once), salt));
        }
    };

    private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)");
    private static final int FIRST_SHA2 = 8_00_04;

    private final String plugin;

    AuthMethod(String plugin) {
        this.plugin = plugin;
    }

    /** What replicas of a source of this version expect. */
    static AuthMethod of(FormatDescription format) {
        Matcher numbers = NUMBERS.matcher(format.serverVersion());
        if (format.isMariadb() || !numbers.find()) {
            return NATIVE;
        }
        int version = 0;
        for (int i = 1; i <= 3; i++) {
            version = version * 100 + Math.min(99, Integer.parseInt(numbers.group(i)));
        }
        return version >= FIRST_SHA2 ? CACHING_SHA2 : NATIVE;
    }

    String plugin() {
        return plugin;
    }

    /** What a client answers that knows the password. */
    abstract byte[] proof(Secret password, byte[] salt);

    /** Whether the client knows the password. */
    boolean isProved(byte[] answer, Secret password, byte[] salt) {
        return MessageDigest.isEqual(answer, proof(password, salt));
    }

    private static byte[] bytes(Secret password) {
        return password.reveal().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] xor(byte[] a, byte[] b) {
        byte[] both = new byte[a.length];
        for (int i = 0; i < both.length; i++) {
            both[i] = (byte) (a[i] ^ b[i]);
        }
        return both;
    }

    private static byte[] digest(String algorithm, byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }
}
