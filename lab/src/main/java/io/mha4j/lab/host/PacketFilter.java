package io.mha4j.lab.host;

import io.mha4j.lab.base.LabException;
import io.mha4j.lab.base.Programs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Packet loss for one host, by nftables rules in the table {@code mha4j_lab}. Works only inside a network namespace of
 * the lab's own, which whoever made it says with {@code MHA4J_LAB_NETNS=1}: the machine's own network is never touched.
 */
final class PacketFilter {
    private static final String TABLE = "mha4j_lab";
    private static final Programs PROGRAMS = Programs.within(Duration.ofSeconds(10));

    private final String host;
    private final Map<String, String> environment;

    PacketFilter(String host, Map<String, String> environment) {
        this.host = host;
        this.environment = Map.copyOf(environment);
    }

    /** Whether packets can be dropped here. */
    boolean isAvailable() {
        return "1".equals(environment.get("MHA4J_LAB_NETNS"));
    }

    /** Drops the packets of connections to {@code port} of the host, from now on and for open ones too. */
    void drop(int port, Direction direction) {
        if (direction != Direction.FROM_HOST) {
            rule("ip daddr %s tcp dport %d drop".formatted(host, port));
        }
        if (direction != Direction.TO_HOST) {
            rule("ip saddr %s tcp sport %d drop".formatted(host, port));
        }
    }

    private void rule(String rule) {
        requireNamespace();
        nft("add table ip " + TABLE);
        nft("add chain ip %s %s { type filter hook input priority 0 ; policy accept ; }".formatted(TABLE, chain()));
        nft("add rule ip %s %s %s".formatted(TABLE, chain(), rule));
    }

    /** Lets everything through again. */
    void heal() {
        if (isAvailable()) {
            nft("add table ip " + TABLE);
            nft("add chain ip %s %s { type filter hook input priority 0 ; policy accept ; }".formatted(TABLE, chain()));
            nft("flush chain ip %s %s".formatted(TABLE, chain()));
        }
    }

    private String chain() {
        return "host_" + host.replace('.', '_');
    }

    private void requireNamespace() {
        if (!isAvailable()) {
            throw new LabException(
                    "packets of " + host + " can be dropped only in a network namespace of the lab's own;"
                            + " run under unshare --net with MHA4J_LAB_NETNS=1");
        }
    }

    private static void nft(String command) {
        PROGRAMS.run(Path.of("/"), List.of("nft", command));
    }
}
