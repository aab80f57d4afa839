package io.mha4j.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address that clients write to, moved by the manager itself.
 *
 * @param address as {@code ip} takes it
 * @param prefix  length of its network's prefix in bits
 */
public record Vip(String address, int prefix) {
    private static final String BYTE = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    /** An address of IPv4 or IPv6, as far as a pattern can tell. */
    static final String ADDRESS = "(?:" + BYTE + "\\.){3}" + BYTE + "|[0-9a-fA-F]*:[0-9a-fA-F:.]*";

    private static final Pattern WRITTEN = Pattern.compile("(" + ADDRESS + ")/(\\d{1,3})");
    private static final int V4_BITS = 32;
    private static final int V6_BITS = 128;

    /** Reads {@code address/prefix}; nothing if it is not written so. */
    static Optional<Vip> of(String text) {
        Matcher written = WRITTEN.matcher(text.strip());
        if (!written.matches()) {
            return Optional.empty();
        }
        Vip vip = new Vip(written.group(1), Integer.parseInt(written.group(2)));
        return vip.prefix <= (vip.isV6() ? V6_BITS : V4_BITS) ? Optional.of(vip) : Optional.empty();
    }

    /** Whether it is an address of IPv6. */
    public boolean isV6() {
        return address.contains(":");
    }

    @Override
    public String toString() {
        return address + "/" + prefix;
    }
}
