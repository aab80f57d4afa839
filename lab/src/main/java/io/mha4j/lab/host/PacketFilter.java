package io.mha4j.lab.host;

import io.mha4j.lab.base.LabException;
import io.mha4j.lab.base.Programs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Packet loss for one host, by nftables rules in the table {@code mha4j_lab}. Works only inside a network namespace of
 * the lab's own, on loopback addresses in that which {@code MHA4J_LAB_NETNS=1} speaks of: the machine's own network is
 * never touched.
 */
public final class PacketFilter {
    private static final String TABLE = "mha4j_lab";
    private static final String COMES_IN = "input";
    private static final Programs PROGRAMS = Programs.within(Duration.ofSeconds(10));

    private final String host;
    private final boolean available;
    private final String goesOut;
    private final UnaryOperator<List<String>> inside;

    private PacketFilter(String host, boolean available, String goesOut, UnaryOperator<List<String>> inside) {
        this.host = host;
        this.available = available;
        this.goesOut = goesOut;
        this.inside = inside;
    }

    /** For a loopback address: what its host sends comes in at the others, which are here too. */
    public static PacketFilter onLoopback(String host, Map<String, String> environment) {
        return new PacketFilter(host, "1".equals(environment.get("MHA4J_LAB_NETNS")), "input", argv -> argv);
    }

    /** For a host with a network namespace of its own; {@code inside} turns a command line into one that runs there. */
    public static PacketFilter inNamespace(String host, UnaryOperator<List<String>> inside) {
        return new PacketFilter(host, true, "output", inside);
    }

    /** Whether packets can be dropped here. */
    boolean isAvailable() {
        return available;
    }

    /** Drops the packets of connections to {@code port} of the host, from now on and for open ones too. */
    void drop(int port, Direction direction) {
        if (direction != Direction.FROM_HOST) {
            rule(COMES_IN, "ip daddr %s tcp dport %d drop".formatted(host, port));
        }
        if (direction != Direction.TO_HOST) {
            rule(goesOut, "ip saddr %s tcp sport %d drop".formatted(host, port));
        }
    }

    /**
     * Drops all packets between the host and the one at {@code other}.
     *
     * @throws LabException on loopback, where every sender has the same address
     */
    void dropBetween(String other, Direction direction) {
        if (goesOut.equals(COMES_IN)) {
            throw new LabException("packets of " + other + " look like everybody's at " + host
                    + "; a case that cuts them needs 'hosts namespaces'");
        }
        if (direction != Direction.FROM_HOST) {
            rule(COMES_IN, "ip saddr %s ip daddr %s drop".formatted(other, host));
        }
        if (direction != Direction.TO_HOST) {
            rule(goesOut, "ip saddr %s ip daddr %s drop".formatted(host, other));
        }
    }

    private void rule(String hook, String rule) {
        requireNamespace();
        makeChain(hook);
        nft("add rule ip %s %s %s".formatted(TABLE, chain(hook), rule));
    }

    private void makeChain(String hook) {
        nft("add table ip " + TABLE);
        nft("add chain ip %s %s { type filter hook %s priority 0 ; policy accept ; }"
                .formatted(TABLE, chain(hook), hook));
    }

    /** Lets everything through again. */
    void heal() {
        if (available) {
            for (String hook : new TreeSet<>(List.of(COMES_IN, goesOut))) {
                makeChain(hook);
                nft("flush chain ip %s %s".formatted(TABLE, chain(hook)));
            }
        }
    }

    private String chain(String hook) {
        return "host_" + host.replace('.', '_') + "_" + hook;
    }

    private void requireNamespace() {
        if (!available) {
            throw new LabException(
                    "packets of " + host + " can be dropped only in a network namespace of the lab's own;"
                            + " run under unshare --net with MHA4J_LAB_NETNS=1");
        }
    }

    private void nft(String command) {
        PROGRAMS.run(Path.of("/"), inside.apply(List.of("nft", command)));
    }
}
