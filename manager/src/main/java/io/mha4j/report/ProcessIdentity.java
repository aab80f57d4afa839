package io.mha4j.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One process, told apart from a later one with the same pid. Its birth mark is the kernel's own start time in clock
 * ticks since boot together with the boot's id, which no change of the clock moves; where there is no {@code /proc}, it is
 * the start time that the JDK knows. No signal is sent, so any user may ask.
 *
 * @param pid   process id
 * @param birth opaque mark, without blanks; empty if it could not be read
 */
public record ProcessIdentity(long pid, String birth) {
    private static final Path PROC = Path.of("/proc");
    /** Fields of {@code /proc/<pid>/stat} after the program's name, counted from 0; see proc(5). */
    private static final int STATE = 0;

    private static final int PARENT = 1;

    private static final int GROUP = 2;
    private static final int START = 19;

    /** The process that asks. */
    public static ProcessIdentity current() {
        return of(ProcessHandle.current().pid());
    }

    /** Whoever has this pid now; without a mark if nobody has. */
    public static ProcessIdentity of(long pid) {
        return new ProcessIdentity(pid, birthOf(pid));
    }

    /**
     * Whether this very process still runs; one that has ended and waits for its parent does not. Without a mark: whether
     * any process has its pid.
     */
    public boolean isAlive() {
        boolean someone = ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
        return someone && !isZombie() && !isSomebodyElse();
    }

    /** Whether the mark is known, so that {@link #isAlive()} tells this process from a later one with its pid. */
    public boolean isCertain() {
        return !birth.isEmpty();
    }

    /**
     * Pids of the processes that this one started, or whose process group it leads; the latter also after its own end.
     */
    public List<Long> children() {
        if (isSomebodyElse()) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(PROC)) {
            return all.map(p -> p.getFileName().toString())
                    .filter(name -> name.matches("\\d+"))
                    .map(Long::valueOf)
                    .filter(other -> other != pid && belongs(other))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return ProcessHandle.of(pid).stream()
                    .flatMap(ProcessHandle::children)
                    .map(ProcessHandle::pid)
                    .toList();
        }
    }

    private boolean isSomebodyElse() {
        String now = birthOf(pid);
        return !birth.isEmpty() && !now.isEmpty() && !birth.equals(now);
    }

    private boolean isZombie() {
        List<String> stat = stat(pid);
        return !stat.isEmpty() && stat.get(STATE).matches("[ZX]");
    }

    private boolean belongs(long other) {
        List<String> stat = stat(other);
        String own = Long.toString(pid);
        return stat.size() > GROUP
                && (stat.get(PARENT).equals(own) || stat.get(GROUP).equals(own));
    }

    private static String birthOf(long pid) {
        List<String> stat = stat(pid);
        Optional<String> boot = read(PROC.resolve("sys/kernel/random/boot_id"));
        if (stat.size() > START && boot.isPresent()) {
            return boot.get().strip() + "/" + stat.get(START);
        }
        return ProcessHandle.of(pid)
                .flatMap(p -> p.info().startInstant())
                .map(t -> Long.toString(t.toEpochMilli()))
                .orElse("");
    }

    /** Empty if there is no such process or no /proc. The name may hold blanks and brackets, so what follows it counts. */
    private static List<String> stat(long pid) {
        return read(PROC.resolve(Long.toString(pid)).resolve("stat"))
                .map(line -> List.of(
                        line.substring(line.lastIndexOf(')') + 1).strip().split(" ")))
                .orElse(List.of());
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** As kept beside the status file: pid, tab, mark. */
    @Override
    public String toString() {
        return pid + "\t" + birth;
    }

    /** Reads {@link #toString()} back; empty for anything else. */
    public static Optional<ProcessIdentity> parse(String text) {
        String[] parts = text.strip().split("\t", 2);
        if (!parts[0].matches("\\d{1,18}")) {
            return Optional.empty();
        }
        return Optional.of(new ProcessIdentity(Long.parseLong(parts[0]), parts.length == 1 ? "" : parts[1]));
    }
}
