package io.mha4j.remote.ssh;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lists of algorithms as ssh_config writes them, given to a session. */
final class SshAlgorithms {
    private static final Map<String, List<String>> NAMES = Map.of(
            "ciphers", List.of("cipher.c2s", "cipher.s2c"),
            "macs", List.of("mac.c2s", "mac.s2c"),
            "kexalgorithms", List.of("kex"),
            "hostkeyalgorithms", List.of("server_host_key"),
            "pubkeyacceptedalgorithms", List.of("PubkeyAcceptedAlgorithms"),
            "pubkeyacceptedkeytypes", List.of("PubkeyAcceptedAlgorithms"));

    /** Lists of what jsch tries out before it offers it. */
    private static final String TRIED_OUT = "CheckKexes";

    private SshAlgorithms() {}

    /**
     * Lets jsch offer at once what every JVM from Java 11 on has. It tries that out before each login by making pairs of
     * keys, and twice, because the method has two names; what may be missing it tries out as before.
     */
    static void trust(Session session) {
        String before = Optional.ofNullable(JSch.getConfig(TRIED_OUT)).orElse("");
        session.setConfig(TRIED_OUT, changed(before, "-curve25519-sha256,curve25519-sha256@libssh.org"));
    }

    /** Sets the list of {@code keyword}, in lower case, for {@code session}. */
    static void apply(Session session, String keyword, String list) {
        for (String name : NAMES.getOrDefault(keyword, List.of())) {
            String before = Optional.ofNullable(JSch.getConfig(name)).orElse("");
            session.setConfig(name, changed(before, list));
        }
    }

    /** {@code +a} appends, {@code -a} removes, {@code ^a} puts first, anything else replaces. */
    static String changed(String before, String list) {
        List<String> named = List.of((list.isEmpty() ? list : list.substring(1)).split(","));
        List<String> result = new ArrayList<>(List.of(before.split(",")));
        switch (list.isEmpty() ? ' ' : list.charAt(0)) {
            case '+' -> result.addAll(named);
            case '-' -> result.removeAll(named);
            case '^' -> {
                result.removeAll(named);
                result.addAll(0, named);
            }
            default -> {
                return list;
            }
        }
        return String.join(",", result);
    }
}
