package io.mha4j.lab.wire;

import io.mha4j.lab.base.LabException;
import io.mha4j.lab.base.Programs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The one Ethernet that hosts of a tree share; this process is on it too, at {@link #OWN}. */
public final class Wire {
    /** This process's address. */
    public static final String OWN = "10.77.0.1";

    /** The address that clients know. */
    public static final String CLIENTS = "10.77.0.9";

    /** Length of the network part of every address. */
    public static final int PREFIX = 24;

    private static final String BRIDGE = "lab0";
    private static final Path ROOT = Path.of("/");
    private static final Programs PROGRAMS = Programs.within(Duration.ofSeconds(10));

    private Wire() {}

    /**
     * Lays it, unless it is there.
     *
     * @throws LabException outside a network namespace of the lab's own: the machine's network is never touched
     */
    static synchronized Wire lay(Map<String, String> environment) {
        if (!"1".equals(environment.get("MHA4J_LAB_NETNS"))) {
            throw new LabException("hosts with namespaces of their own are made only in a network namespace of the"
                    + " lab's own; run under unshare --net with MHA4J_LAB_NETNS=1");
        }
        if (PROGRAMS.tryRun(ROOT, List.of("ip", "link", "show", BRIDGE)).exitStatus() != 0) {
            ip("link add " + BRIDGE + " type bridge");
            ip("address add " + OWN + "/" + PREFIX + " dev " + BRIDGE);
            ip("link set " + BRIDGE + " up");
        }
        return new Wire();
    }

    /** The addresses of {@code count} hosts: 10.77.0.11 and on. */
    public static List<String> addresses(int count) {
        return IntStream.range(0, count).mapToObj(i -> "10.77.0." + (11 + i)).toList();
    }

    /**
     * Gives the network namespace of process {@code pid} the interface {@code eth0}; this end is called {@code end}.
     *
     * @param link its link address, which a host keeps over losses of power
     */
    void plug(String end, String link, long pid) {
        ip("link add " + end + " type veth peer name eth0 address " + link + " netns " + pid);
        ip("link set " + end + " master " + BRIDGE + " up");
    }

    /** Nothing passes any more, in either direction. */
    void unplug(String end) {
        PROGRAMS.tryRun(ROOT, List.of("ip", "link", "delete", end));
    }

    private static void ip(String words) {
        PROGRAMS.run(ROOT, List.of(("ip " + words).split(" ")));
    }
}
