package io.mha4j.execution.fence;

import io.mha4j.base.Deadline;
import io.mha4j.remote.CommandRunner;
import io.mha4j.remote.Host;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A service of systemd, as {@code systemctl show} tells it.
 *
 * @param mainPid    its main process, 0 for none
 * @param controlPid the process that starts it, 0 for none
 */
record Unit(String name, long mainPid, long controlPid) {
    /** Asks systemd; nothing in its answer is taken for granted. */
    static Unit look(Host host, String name, Deadline deadline) {
        return parse(
                name,
                host.run(List.of("systemctl", "show", "-p", "MainPID", "-p", "ControlPID", name), deadline)
                        .stdout());
    }

    /** Reads {@code systemctl show}: a line {@code name=value} for each property. */
    static Unit parse(String name, String shown) {
        Map<String, String> values = new LinkedHashMap<>();
        shown.lines()
                .map(line -> line.split("=", 2))
                .filter(p -> p.length == 2)
                .forEach(p -> values.put(p[0], p[1].strip()));
        return new Unit(name, pid(values.getOrDefault("MainPID", "")), pid(values.getOrDefault("ControlPID", "")));
    }

    private static long pid(String text) {
        return text.matches("\\d{1,9}") ? Long.parseLong(text) : 0;
    }

    /** Whether this service is that server and nothing else: its main process is the server, or what starts it. */
    boolean runs(Sight.Running server) {
        return Stream.concat(Stream.of(server.process()), server.safes().stream())
                .anyMatch(p -> p.pid() == mainPid || p.pid() == controlPid);
    }

    /**
     * What came of stopping it.
     *
     * @param done whether it will not start the server again
     * @param how  one clause
     */
    record Stop(boolean done, String how) {}

    /**
     * Lets nobody start it until the host is started anew, and tells systemd not to do so itself. Does not wait for the end of
     * the process, which may be frozen.
     */
    Stop stop(Host host, Deadline deadline) {
        CommandRunner.Result masked = host.run(List.of("systemctl", "mask", "--runtime", name), deadline);
        CommandRunner.Result stopped = host.run(List.of("systemctl", "stop", "--no-block", name), deadline);
        if (!stopped.succeeded()) {
            return new Stop(
                    false, name + " could not be stopped (" + stopped.stderr().strip() + ")");
        }
        return new Stop(
                true,
                name + " was stopped"
                        + (masked.succeeded()
                                ? " and masked until the host is started anew"
                                : ", but could not be masked"));
    }
}
