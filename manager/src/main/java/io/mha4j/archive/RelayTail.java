package io.mha4j.archive;

import io.mha4j.archive.place.Fetch;
import io.mha4j.archive.place.LogFiles;
import io.mha4j.base.Deadline;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.EventScanner;
import io.mha4j.binlog.RelayLogMap;
import io.mha4j.binlog.RelayRun;
import io.mha4j.remote.FileRange;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes what a source wrote behind a position from a replica's relay logs, as far as it is there without a gap. */
final class RelayTail {
    private final PieceSequence pieces;
    private final RescueSettings settings;
    private final LogFiles logs;
    private final BinlogRescue.RelayLogs known;
    private final Deadline deadline;
    private final Fetch fetch;
    private final ProgressReport report;
    private final SortedMap<String, String> unreadable = new TreeMap<>();
    private List<String> scanned = List.of();
    private @Nullable EventCopy copy;
    private String copied = "";

    RelayTail(
            PieceSequence pieces,
            RescueSettings settings,
            LogFiles logs,
            BinlogRescue.RelayLogs known,
            Deadline deadline) {
        this.pieces = pieces;
        this.settings = settings;
        this.logs = logs;
        this.known = known;
        this.deadline = deadline;
        fetch = new Fetch(logs.host(), settings.sleeper(), deadline);
        report = new ProgressReport(settings.listener(), deadline);
    }

    /**
     * Takes all behind {@code from}.
     *
     * @throws ArchiveException if the relay logs do not hold that position
     */
    void take(BinlogPosition from, Room room) throws IOException {
        RelayLogMap map = look(from);
        List<RelayRun> wanted = map.from(resolved(map, from));
        long total = wanted.stream().mapToLong(RelayTail::bytes).sum();
        room.require(settings.name().directory(), total);
        report.total(total);
        pieces.note("relay logs " + logs.path("") + " on " + logs.host().name() + " from " + from);
        boolean readable = true;
        for (int i = 0; i < wanted.size() && readable; i++) {
            readable = take(wanted.get(i));
        }
        endFile();
        if (readable) {
            List<String> gaps = gaps(map, from, wanted);
            Stream.concat(gaps.stream(), unreadable.values().stream())
                    .distinct()
                    .forEach(pieces::note);
            if (wanted.isEmpty() || !gaps.isEmpty()) {
                pieces.ended(Cut.NOTHING, gaps.isEmpty());
            }
        }
        report.end();
    }

    private static long bytes(RelayRun run) {
        return run.relayEnd() - run.relayStart();
    }

    /** Reads the newest relay log, then twice as many, until the position is among them. */
    private RelayLogMap look(BinlogPosition from) {
        List<String> files = List.copyOf(logs.all(deadline).values());
        Set<String> unnamed = Set.of();
        for (int n = 1; n < 2 * files.size(); n *= 2) {
            RelayLogMap map = scan(files.subList(Math.max(0, files.size() - n), files.size()));
            if (!map.from(resolved(map, from)).isEmpty() || endingAt(map, from).isPresent()) {
                return map;
            }
            unnamed = map.unnamed();
        }
        throw new ArchiveException("the relay logs " + logs.path("") + " on "
                + logs.host().name() + " do not hold " + from + ": they were purged, or the replica never got it"
                + (unnamed.isEmpty()
                        ? ""
                        : "; of which file of the source the events in " + String.join(", ", unnamed)
                                + " are, nothing tells"));
    }

    private RelayLogMap scan(List<String> files) {
        RelayLogMap map = new RelayLogMap();
        scanned = List.copyOf(files);
        unreadable.clear();
        for (String file : files) {
            map.begin(file);
            EventScanner scanner = EventScanner.fromStart(map);
            fetch.from(logs.path(file), 0, (bytes, at, length) -> {
                scanner.accept(bytes, at, length);
                if (scanner.damage().isPresent()) {
                    throw new Fetch.Enough();
                }
            });
            scanner.damage()
                    .ifPresent(d -> unreadable.put(file, "relay log " + logs.path(file) + " is unreadable from " + d));
        }
        name(map);
        return map;
    }

    /** What the replica's status says of its first and last relay logs, which it began by itself and others went before. */
    private void name(RelayLogMap map) {
        if (!map.namesAny()) {
            known.received().map(BinlogPosition::file).ifPresent(map::unnamedAreOf);
        } else if (map.unnamed().contains(known.current())) {
            known.applied().ifPresent(map::unnamedAreOf);
        }
    }

    private static Optional<RelayRun> endingAt(RelayLogMap map, BinlogPosition place) {
        return map.runs().stream()
                .filter(run -> run.sourceFile().equals(place.file()) && run.end() == place.offset())
                .reduce((earlier, later) -> later);
    }

    /** The beginning of one of the source's files is the end of its format description. */
    private static BinlogPosition resolved(RelayLogMap map, BinlogPosition from) {
        return map.from(from).isEmpty() ? behindFormat(map, from).orElse(from) : from;
    }

    private static Optional<BinlogPosition> behindFormat(RelayLogMap map, BinlogPosition from) {
        return map.runs().stream()
                .filter(run -> from.offset() == Piece.FIRST_EVENT
                        && run.sourceFile().equals(from.file())
                        && run.start() == Piece.FIRST_EVENT + run.format().event().length)
                .map(run -> new BinlogPosition(run.sourceFile(), run.start()))
                .findFirst();
    }

    /** Answers whether what follows can be read. */
    private boolean take(RelayRun run) throws IOException {
        EventCopy into = copyFor(run);
        into.goOnFrom(run.relayStart());
        FileRange range = FileRange.of(logs.path(run.relayFile()), run.relayStart(), bytes(run));
        fetch.range(range, report.counting(into));
        Cut cut = into.cut(run.relayFile(), run.relayEnd());
        boolean readable = into.damage().isEmpty();
        pieces.ended(cut, readable);
        return readable;
    }

    private EventCopy copyFor(RelayRun run) throws IOException {
        EventCopy same = copy;
        if (same != null && copied.equals(run.sourceFile())) {
            return same;
        }
        endFile();
        BinlogPosition end = pieces.end();
        long start =
                end.file().equals(run.sourceFile()) ? end.offset() : run.fromHead() ? Piece.FIRST_EVENT : run.start();
        EventCopy fresh = new EventCopy(pieces.at(run.sourceFile(), start, run.format()));
        copy = fresh;
        copied = run.sourceFile();
        return fresh;
    }

    private void endFile() {
        if (copy != null) {
            pieces.addGtids(copy.gtids());
            report.fileEnded(copy.whole());
            String file = copied;
            copy.incident()
                    .ifPresent(i -> pieces.note("INCIDENT " + i.number() + " in " + file + ": " + i.message()
                            + "; the source's log lacks changes there"));
            copy = null;
        }
    }

    /** What the replica received behind all that was taken, and what was taken does not lead to. */
    private List<String> gaps(RelayLogMap map, BinlogPosition from, List<RelayRun> taken) {
        Optional<RelayRun> last = taken.isEmpty() ? endingAt(map, from) : Optional.of(taken.get(taken.size() - 1));
        BinlogPosition end = last.map(RelayTail::endOf).orElse(from);
        Stream<String> more = map.runs().stream()
                .dropWhile(run -> last.filter(l -> !endsLike(run, l)).isPresent())
                .filter(run -> endOf(run).compareTo(end) > 0)
                .reduce((earlier, later) -> later)
                .map(run -> "the relay logs hold more behind a gap: " + run)
                .stream();
        Optional<BinlogPosition> lacking = known.received().filter(read -> !map.isNothingBetween(end, read));
        boolean lacks = lacking.isPresent() || known.received().isEmpty();
        // A host that lost its power leaves damage behind all that counts as received.
        Stream<String> damaged = !lacks
                ? Stream.empty()
                : unreadable.entrySet().stream()
                        .filter(e -> last.filter(l -> isBefore(e.getKey(), l.relayFile()))
                                .isEmpty())
                        .map(Map.Entry::getValue);
        Stream<String> missing = lacking
                .map(read ->
                        "the relay logs lead to " + end + " only, though the replica has received all up to " + read)
                .stream();
        return Stream.of(more, damaged, missing).flatMap(gap -> gap).toList();
    }

    private static boolean endsLike(RelayRun run, RelayRun other) {
        return run.relayFile().equals(other.relayFile()) && run.relayEnd() == other.relayEnd();
    }

    private boolean isBefore(String relayLog, String other) {
        return scanned.indexOf(relayLog) < scanned.indexOf(other);
    }

    private static BinlogPosition endOf(RelayRun run) {
        return new BinlogPosition(run.sourceFile(), run.end());
    }
}
