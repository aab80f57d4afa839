package io.mha4j.archive.place;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.remote.CommandRunner;
import io.mha4j.remote.Host;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** When a host was started; whatever its memory alone held before is gone. */
public final class HostStart {
    /** For how many seconds it has run, and since when by its own clock (Linux, proc(5)). */
    private static final String SCRIPT = "cat /proc/uptime && sed -n 's/^btime //p' /proc/stat";

    private HostStart() {}

    /**
     * The latest moment at which {@code host} can have been started: by the clock here, and by its own, which may have lost
     * the time when the power went. Nothing where it cannot be told; never fails.
     */
    public static Optional<Instant> latest(Host host, InstantSource clock, Deadline deadline) {
        try {
            CommandRunner.Result result = host.run(List.of("sh", "-c", SCRIPT), deadline);
            return result.succeeded() ? latest(result.stdout(), clock.instant()) : Optional.empty();
        } catch (CommandException e) {
            return Optional.empty();
        }
    }

    static Optional<Instant> latest(String output, Instant now) {
        List<String> lines = output.lines().toList();
        if (lines.size() != 2
                || !lines.get(0).matches("\\d{1,12}\\.\\d+ .*")
                || !lines.get(1).matches("\\d{1,12}")) {
            return Optional.empty();
        }
        long runs = Long.parseLong(lines.get(0).substring(0, lines.get(0).indexOf('.')));
        Instant byOwnClock = Instant.ofEpochSecond(Long.parseLong(lines.get(1)));
        return Stream.of(now.minus(Duration.ofSeconds(runs)), byOwnClock).max(Comparator.naturalOrder());
    }
}
