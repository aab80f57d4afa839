package io.mha4j.archive.node;

import io.mha4j.archive.ArchiveException;
import io.mha4j.archive.place.Fetch;
import io.mha4j.archive.place.LogFiles;
import io.mha4j.base.Deadline;
import io.mha4j.base.Sleeper;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.Damage;
import io.mha4j.binlog.EventScanner;
import io.mha4j.binlog.RelayLogMap;
import io.mha4j.binlog.RelayRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds in a replica's relay logs what another replica, which received less, lacks. */
public final class RelaySearch {
    private final LogFiles logs;
    private final Deadline deadline;
    private final Fetch fetch;
    private final Consumer<String> say;
    /** What was seen of each relay log that is. */
    private final Map<String, Damage> damaged = new LinkedHashMap<>();

    /** @param say takes the lines that MHA prints */
    public RelaySearch(LogFiles logs, Sleeper sleeper, Deadline deadline, Consumer<String> say) {
        this.logs = logs;
        this.deadline = deadline;
        this.say = say;
        fetch = new Fetch(logs.host(), sleeper, deadline);
    }

    /**
     * A place in a relay log.
     *
     * @param file   its name
     * @param offset where the first event begins that is wanted
     */
    public record Place(String file, long offset) {}

    /**
     * Where the source's event at {@code target} begins.
     *
     * @param latest     the source's position up to which these relay logs reach
     * @return nothing if the other replica received all that is here
     * @throws ArchiveException if the relay logs do not hold it, are damaged behind it, or end before {@code latest}
     */
    public Optional<Place> find(BinlogPosition latest, BinlogPosition target) {
        if (target.isAtOrAfter(latest)) {
            return Optional.empty();
        }
        List<String> files = List.copyOf(logs.all(deadline).values());
        for (int n = 1; n < 2 * files.size(); n *= 2) {
            RelayLogMap map = scan(files.subList(Math.max(0, files.size() - n), files.size()), latest.file());
            // The end of one of the source's files is the beginning of the next, also where a crash left no word of
            // that.
            Optional<RelayRun> run = map.from(target).stream().findFirst();
            if (run.isPresent()) {
                requireAll(map, run.get(), latest);
                say.accept(" Target relay log file/position found. start_file:"
                        + run.get().relayFile() + ", start_pos:" + run.get().relayStart() + ".");
                return Optional.of(new Place(run.get().relayFile(), run.get().relayStart()));
            }
        }
        throw new ArchiveException("Target pos NOT found! " + target + " is not in the relay logs " + logs.path("")
                + ": they were purged, or the position is none of this source's"
                + (damaged.isEmpty()
                        ? ""
                        : "; " + told(damaged.keySet().iterator().next())));
    }

    /** What is behind the place must be here to its end: nobody would see in the copy that something lacks. */
    private void requireAll(RelayLogMap map, RelayRun from, BinlogPosition latest) {
        List<String> files = List.copyOf(logs.from(from.relayFile(), deadline));
        damaged.keySet().stream().filter(files::contains).findFirst().ifPresent(file -> {
            throw new ArchiveException(told(file) + "; level the other replica from one whose relay logs are whole");
        });
        if (!map.reaches(latest)) {
            throw new ArchiveException("the relay logs " + logs.path("") + " end at " + map.end() + ", before " + latest
                    + ", up to which this replica is said to have received");
        }
    }

    private String told(String file) {
        return logs.path(file) + " is damaged at " + damaged.get(file);
    }

    private RelayLogMap scan(List<String> files, String latestFile) {
        RelayLogMap map = new RelayLogMap();
        for (String file : files) {
            say.accept("Reading " + file);
            map.begin(file);
            EventScanner scanner = EventScanner.fromStart(map);
            fetch.from(logs.path(file), 0, (bytes, at, length) -> {
                scanner.accept(bytes, at, length);
                if (scanner.damage().isPresent()) {
                    throw new Fetch.Enough();
                }
            });
            scanner.damage().ifPresent(damage -> damaged.put(file, damage));
        }
        if (!map.namesAny()) {
            map.unnamedAreOf(latestFile);
        }
        return map;
    }
}
