package io.mha4j.execution.fence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a look at a host showed of one server.
 *
 * @param ours    processes that are it; there is one, but for the moment in which it starts itself again
 * @param foreign others at its port, each as a clause
 * @param doubts  why it cannot be told whether it runs, each as a clause
 */
record Sight(List<Running> ours, List<String> foreign, List<String> doubts) {
    Sight {
        ours = List.copyOf(ours);
        foreign = List.copyOf(foreign);
        doubts = List.copyOf(doubts);
    }

    /**
     * A process by its number and the time of its start, so that another one that gets the number is not taken for it.
     *
     * @param start in ticks since the host was started
     */
    record ProcessId(long pid, String start) {}

    /**
     * A process of the server.
     *
     * @param parent number of the process that started it
     * @param safes  {@code mysqld_safe} or {@code mariadbd-safe} above it, nearest first
     * @param unit   systemd's name of the service that it belongs to
     */
    record Running(ProcessId process, long parent, List<ProcessId> safes, Optional<String> unit) {
        Running {
            safes = List.copyOf(safes);
        }

        /** Whether something may start it again. */
        boolean supervised() {
            return parent > 1 || unit.isPresent();
        }
    }

    /** Nothing of it runs, nothing listens at its port. */
    boolean gone() {
        return ours.isEmpty() && foreign.isEmpty() && doubts.isEmpty();
    }

    /** Reads what {@link Instance}'s script printed. */
    static Sight parse(String output) {
        List<Running> ours = new ArrayList<>();
        List<String> foreign = new ArrayList<>();
        List<String> doubts = new ArrayList<>();
        boolean placed = true;
        for (String line : output.lines().toList()) {
            String[] parts = line.split("\\|", -1);
            switch (parts[0]) {
                case "ours" -> ours.add(running(parts));
                case "foreign" -> foreign.add("process " + parts[1] + " (" + parts[2] + ")");
                case "noplace" -> placed = false;
                case "hidden" ->
                    doubts.add(parts[1] + ", which this account may not look at; log in as root, or set ssh_sudo=1");
                case "maybe" ->
                    doubts.add("process " + parts[1] + " (" + parts[2] + ") may be it, which cannot be told");
                default -> doubts.add("the processes of its host cannot be seen");
            }
        }
        if (!placed && !foreign.isEmpty()) {
            doubts.addAll(foreign.stream()
                    .map(f -> f + " listens at its port, and where its data are is not known there")
                    .toList());
            foreign.clear();
        }
        return new Sight(ours, foreign, doubts);
    }

    private static Running running(String[] parts) {
        return new Running(
                new ProcessId(Long.parseLong(parts[1]), parts[2]),
                Long.parseLong(parts[3]),
                Arrays.stream(parts[4].split(" "))
                        .filter(s -> !s.isEmpty())
                        .map(s -> s.split(":", 2))
                        .map(s -> new ProcessId(Long.parseLong(s[0]), s[1]))
                        .toList(),
                Optional.of(parts[5]).filter(u -> !u.isEmpty()));
    }
}
