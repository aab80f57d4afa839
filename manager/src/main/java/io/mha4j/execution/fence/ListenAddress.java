package io.mha4j.execution.fence;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How {@code /proc/net/tcp} and {@code tcp6} write the addresses at which somebody who listens is in the way of a server: its own,
 * and every. Groups of four bytes stand there as numbers of the host's processor (proc(5)), so both orders are looked for.
 */
final class ListenAddress {
    private static final String EVERY = "0".repeat(8);
    private static final String EVERY_6 = "0".repeat(32);
    private static final byte[] IN_SIX = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff};

    private ListenAddress() {}

    /** A regular expression's alternatives; {@code address} counts only when it is one, not a name. */
    static String pattern(String address) {
        return Stream.concat(Stream.of(EVERY, EVERY_6), forms(address).stream())
                .distinct()
                .collect(Collectors.joining("\\|"));
    }

    private static List<String> forms(String address) {
        if (!address.matches("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
            return List.of();
        }
        try {
            byte[] own = InetAddress.getByName(address).getAddress();
            List<String> forms = new ArrayList<>(both(own));
            if (own.length == 4) {
                byte[] mapped = new byte[16];
                System.arraycopy(IN_SIX, 0, mapped, 0, IN_SIX.length);
                System.arraycopy(own, 0, mapped, IN_SIX.length, own.length);
                forms.addAll(both(mapped));
            }
            return forms;
        } catch (UnknownHostException e) {
            return List.of();
        }
    }

    private static List<String> both(byte[] address) {
        byte[] swapped = new byte[address.length];
        for (int i = 0; i < address.length; i++) {
            swapped[i] = address[i - i % 4 + 3 - i % 4];
        }
        HexFormat hex = HexFormat.of().withUpperCase();
        return List.of(hex.formatHex(address), hex.formatHex(swapped));
    }
}
