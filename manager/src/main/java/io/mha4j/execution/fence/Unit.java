package io.mha4j.execution.fence;

import io.mha4j.base.Deadline;
import io.mha4j.remote.CommandRunner;
import io.mha4j.remote.Host;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A service of systemd, as {@code systemctl show} tells it.
 *
 * @param mainPid    its main process, 0 for none
 * @param controlPid the process that starts it, 0 for none
 * @param restarts   whether systemd may start it again
 */
record Unit(String name, long mainPid, long controlPid, boolean restarts) {
    /** Names each process of a service, or of a group inside its own, by a file. */
    private static final String MEMBERS = "grep -lF -e \"/$1\" /proc/[0-9]*/cgroup 2>/dev/null; exit 0";

    /** Asks systemd; nothing in its answer is taken for granted. */
    static Unit look(Host host, String name, Deadline deadline) {
        return parse(
                name,
                host.run(
                                List.of(
                                        "systemctl",
                                        "show",
                                        "-p",
                                        "MainPID",
                                        "-p",
                                        "ControlPID",
                                        "-p",
                                        "Restart",
                                        name),
                                deadline)
                        .stdout());
    }

    /** Reads {@code systemctl show}: a line {@code name=value} for each property. */
    static Unit parse(String name, String shown) {
        Map<String, String> values = new LinkedHashMap<>();
        shown.lines()
                .map(line -> line.split("=", 2))
                .filter(p -> p.length == 2)
                .forEach(p -> values.put(p[0], p[1].strip()));
        return new Unit(
                name,
                pid(values.getOrDefault("MainPID", "")),
                pid(values.getOrDefault("ControlPID", "")),
                !values.getOrDefault("Restart", "").equals("no"));
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
     * @param will what is to be expected of it
     * @param how  one clause
     */
    record Stop(Will will, String how) {}

    /** Whether a service starts the server again. */
    enum Will {
        /** It could, and was stopped. */
        STOPPED,
        /** It never did. */
        NEVER,
        /** It is at work as before. */
        MAYBE
    }

    /** Stops it if it is that server and nothing else. */
    Stop stop(Sight.Running server, Host host, Deadline deadline) {
        if (runs(server)) {
            return stop(host, deadline);
        }
        return startsNothing() && holdsOnly(server, host, deadline)
                ? new Stop(Will.NEVER, name + " does not start it again (no main process, Restart=no): left alone")
                : new Stop(Will.MAYBE, name + " is not only this server: left alone");
    }

    /** As systemd makes one of an init script: it does not know which of the processes matters, and watches none. */
    private boolean startsNothing() {
        return mainPid == 0 && controlPid == 0 && !restarts;
    }

    /** Another process in it may be what starts the server, as a supervisor that an init script started. */
    private boolean holdsOnly(Sight.Running server, Host host, Deadline deadline) {
        Set<String> own = Stream.concat(Stream.of(server.process()), server.safes().stream())
                .map(p -> "/proc/" + p.pid() + "/cgroup")
                .collect(Collectors.toSet());
        List<String> members = host.run(List.of("sh", "-c", MEMBERS, "sh", name), deadline)
                .stdout()
                .lines()
                .toList();
        return !members.isEmpty() && own.containsAll(members);
    }

    /**
     * Lets nobody start it until the host is started anew, and tells systemd not to do so itself. Does not wait for the end of
     * the process, which may be frozen.
     */
    private Stop stop(Host host, Deadline deadline) {
        CommandRunner.Result masked = host.run(List.of("systemctl", "mask", "--runtime", name), deadline);
        CommandRunner.Result stopped = host.run(List.of("systemctl", "stop", "--no-block", name), deadline);
        if (!stopped.succeeded()) {
            return new Stop(
                    Will.MAYBE,
                    name + " could not be stopped (" + stopped.stderr().strip() + ")");
        }
        return new Stop(
                Will.STOPPED,
                name + " was stopped"
                        + (masked.succeeded()
                                ? " and masked until the host is started anew"
                                : ", but could not be masked"));
    }
}
