package io.mha4j.binlog;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells which parts of a source's binary logs stand where in a replica's relay logs. It is fed the events of all relay
 * logs of one channel in their order, {@link #begin} before each file. Not for several threads.
 *
 * <p>The replica's own events, and those that a sender made up, are told from the source's by their flags, their place
 * and their position. Events that the replica did not keep (written by itself, filtered out, had already) leave a gap
 * between two runs.
 */
public final class RelayLogMap implements EventSink {
    private static final long FIRST_EVENT = 4;
    private static final String UNNAMED = "";

    private final List<RelayRun> runs = new ArrayList<>();
    private final List<FileEnd> ends = new ArrayList<>();

    private String relayFile = UNNAMED;
    private String sourceFile = UNNAMED;
    private long position;
    private boolean positionKnown;
    private boolean atHead;

    /** Whether nothing of the source's file was kept since the one before it ended. */
    private boolean fileIsNew;

    private @Nullable FormatDescription sourceFormat;
    private @Nullable Stretch growing;

    /** Where the runs end that nothing has named, while what follows can still tell their file; 0 if there are none. */
    private long unnamedEnd;

    /** A run while it grows. Behind {@code sureEnd} stand events that did not say where they end. */
    private static final class Stretch {
        private final long start;
        private final long relayStart;
        private final FormatDescription format;
        private final boolean fromHead;
        private long sureEnd;
        private long sureRelayEnd;
        private long relayEnd;

        private Stretch(long start, long relayStart, FormatDescription format, boolean fromHead) {
            this.start = start;
            this.relayStart = relayStart;
            this.format = format;
            this.fromHead = fromHead;
            sureEnd = start;
            sureRelayEnd = relayStart;
            relayEnd = relayStart;
        }
    }

    /**
     * Where a file of the source ended and the sender went on to the next. A server that was started again left no word
     * about that in its log, and the sender does not go on anywhere else.
     *
     * @param headOnly whether nothing that a replica keeps is in that file
     */
    private record FileEnd(BinlogPosition place, boolean headOnly, String nextFile) {
        boolean isAt(BinlogPosition asked) {
            return place.file().equals(asked.file()) && (headOnly || place.offset() == asked.offset());
        }
    }

    /** The events that follow stand in this relay log. */
    public void begin(String relayLog) {
        close(position, Optional.empty());
        relayFile = relayLog;
    }

    /** Relay logs that hold events of which nothing in any relay log tells which file of the source they are from. */
    public Set<String> unnamed() {
        return all().stream()
                .filter(run -> run.sourceFile().isEmpty())
                .map(RelayRun::relayFile)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Whether any relay log names a file of the source. */
    public boolean namesAny() {
        return !sourceFile.isEmpty();
    }

    /**
     * Names the source's file whose events the {@link #unnamed} relay logs hold; it is one for all. A relay log that the
     * replica began by itself does not name it, and the one before may be deleted; a replica's status tells it.
     */
    public void unnamedAreOf(String file) {
        runs.replaceAll(run -> run.sourceFile().isEmpty() ? run.of(file) : run);
        if (sourceFile.isEmpty()) {
            sourceFile = file;
        }
    }

    /**
     * Takes the next event of the relay log.
     *
     * @throws IllegalArgumentException if the event is too short for its type, which only a faulty writer makes
     */
    @Override
    public void event(Event event) {
        switch (event.type()) {
            case EventType.FORMAT_DESCRIPTION -> format(event);
            case EventType.ROTATE -> rotate(event);
            case EventType.STOP, EventType.PREVIOUS_GTIDS, EventType.HEARTBEAT, EventType.HEARTBEAT_V2 -> {}
            default -> {
                if (!event.header().has(EventHeader.ARTIFICIAL)
                        && !event.header().has(EventHeader.RELAY_LOG)) {
                    sourceEvent(event);
                }
            }
        }
    }

    /** All runs so far, in the order of the relay logs. A run that was received twice appears twice. */
    public List<RelayRun> runs() {
        List<RelayRun> all = all();
        all.removeIf(run -> run.sourceFile().isEmpty());
        return List.copyOf(all);
    }

    private List<RelayRun> all() {
        List<RelayRun> all = new ArrayList<>(runs);
        if (growing != null) {
            all.addAll(finished(growing, position, Optional.empty()));
        }
        return all;
    }

    /**
     * Where the source's event at {@code place} begins, as the start of a run that ends where the relay log or the run
     * does. That an event begins there is taken for granted. Of runs that were received twice it is the latest: a source
     * that was reset uses its file names again.
     *
     * @return empty if the relay logs do not hold it
     */
    public Optional<RelayRun> find(BinlogPosition place) {
        return find(place, runs());
    }

    private static Optional<RelayRun> find(BinlogPosition place, List<RelayRun> among) {
        return among.stream()
                .filter(run -> run.continues(place))
                .reduce((earlier, later) -> later)
                .map(run -> run.from(place.offset()));
    }

    /**
     * Everything that the source wrote from {@code place} on, as far as it is here without a gap.
     *
     * @return runs in the source's order, the first from {@code place} on; empty if that is not here
     */
    public List<RelayRun> from(BinlogPosition place) {
        List<RelayRun> all = runs();
        List<RelayRun> found = new ArrayList<>();
        for (Optional<RelayRun> next = onFrom(place, all); next.isPresent(); ) {
            RelayRun run = next.get();
            found.add(run);
            next = onFrom(run.next(), all);
        }
        return found;
    }

    private Optional<RelayRun> onFrom(BinlogPosition place, List<RelayRun> among) {
        return find(place, among).or(() -> nextFile(place).flatMap(next -> onFrom(next, among)));
    }

    /** The beginning of the file behind, where the source's file ends there. */
    private Optional<BinlogPosition> nextFile(BinlogPosition place) {
        return ends.stream()
                .filter(end -> end.isAt(place))
                .reduce((earlier, later) -> later)
                .map(end -> new BinlogPosition(end.nextFile(), FIRST_EVENT));
    }

    /**
     * Whether the relay logs leave nothing out between two places, though they hold no event between them either: at most
     * the head of a file.
     *
     * @param end of what {@link #from} gave, or where it gave nothing
     */
    public boolean isNothingBetween(BinlogPosition end, BinlogPosition read) {
        Optional<BinlogPosition> next = nextFile(end);
        if (next.isPresent() && !end.isAtOrAfter(read)) {
            return isNothingBetween(next.get(), read);
        }
        boolean inHead = atHead && fileIsNew && sourceFile.equals(end.file()) && sourceFile.equals(read.file());
        return inHead || end.isAtOrAfter(read);
    }

    /**
     * Whether the relay logs hold the source's log up to this place, or to where nothing that a replica keeps stands
     * before it. A sender that was asked by GTIDs names the beginning of its file again, so the last place does not tell.
     */
    public boolean reaches(BinlogPosition read) {
        boolean held =
                runs().stream().anyMatch(run -> new BinlogPosition(run.sourceFile(), run.end()).isAtOrAfter(read));
        boolean ended = positionKnown && namesAny();
        return held || (ended && isNothingBetween(new BinlogPosition(sourceFile, position), read));
    }

    /** Up to which place of the source's log the relay logs are known to reach, for messages. */
    public String end() {
        return positionKnown ? sourceFile + ":" + position : "an unknown place";
    }

    /** The first format description of a relay log is the replica's own; old versions do not flag it. */
    private void format(Event event) {
        if (event.offset() == FIRST_EVENT || event.header().has(EventHeader.RELAY_LOG)) {
            return;
        }
        close(position, Optional.empty());
        sourceFormat = event.format();
        // A sender that goes on in the middle of a file repeats how it begins.
        boolean goesOn = positionKnown && position > FIRST_EVENT;
        if (event.header().end() != 0 && !goesOn) {
            position = event.header().end();
            positionKnown = true;
            atHead = true;
        }
    }

    private void rotate(Event event) {
        if (event.header().has(EventHeader.RELAY_LOG)) {
            return;
        }
        RotateEvent rotate = RotateEvent.of(event);
        if (rotate.kind() == RotateEvent.Kind.REAL) {
            if (sourceFile.isEmpty()) {
                unnamedAreOf(predecessor(rotate.file()));
            }
            sourceEvent(event);
            close(position, Optional.of(rotate.file()));
            ended(false, rotate.file());
            goTo(rotate, false);
            fileIsNew = true;
        } else if (rotate.kind() == RotateEvent.Kind.ARTIFICIAL) {
            close(position, Optional.empty());
            boolean same = rotate.file().equals(sourceFile);
            boolean next = isNext(rotate);
            if (next) {
                ended(atHead && fileIsNew, rotate.file());
            }
            goTo(rotate, atHead && same && rotate.position() == position);
            fileIsNew = next || (fileIsNew && same);
        } else if (rotate.position() != position || !rotate.file().equals(sourceFile)) {
            // Where the replica left an event out: right behind a format description the list of what is older, which
            // is of
            // the file's head; anywhere else what it had already.
            close(position, Optional.empty());
            goTo(rotate, atHead && isBehindFormat() && rotate.file().equals(sourceFile));
        }
    }

    private boolean isBehindFormat() {
        FormatDescription format = sourceFormat;
        return format != null && position == FIRST_EVENT + format.event().length;
    }

    private boolean isNext(RotateEvent rotate) {
        return rotate.position() == FIRST_EVENT
                && !sourceFile.isEmpty()
                && predecessor(rotate.file()).equals(sourceFile);
    }

    private void ended(boolean headOnly, String nextFile) {
        if (positionKnown) {
            ends.add(new FileEnd(new BinlogPosition(sourceFile, position), headOnly, nextFile));
        }
    }

    private void goTo(RotateEvent rotate, boolean head) {
        if (sourceFile.isEmpty()) {
            unnamedEnd = runs.isEmpty() ? 0 : position;
        } else if (!rotate.file().equals(sourceFile)) {
            unnamedEnd = 0;
        }
        if (rotate.position() == unnamedEnd) {
            // Only where the same file goes on does anything continue there: a new one begins at its head.
            unnamedAreOf(rotate.file());
        }
        if (!rotate.file().equals(sourceFile)) {
            sourceFormat = null;
        }
        sourceFile = rotate.file();
        position = rotate.position();
        positionKnown = true;
        atHead = head;
    }

    private void sourceEvent(Event event) {
        EventHeader header = event.header();
        if (!positionKnown) {
            if (header.end() < header.length() + FIRST_EVENT) {
                return;
            }
            position = header.end() - header.length();
            positionKnown = true;
        }
        long end = header.endBehind(position);
        long start = startOf(event, end);
        Stretch run = growing;
        if (run == null || start != position || end - start != header.length() || run.relayEnd != event.offset()) {
            close(Math.min(start, position), Optional.empty());
            run = new Stretch(start, event.offset(), formatOf(event), atHead && start == position);
            growing = run;
        }
        run.relayEnd = event.endOffset();
        position = end;
        atHead = false;
        fileIsNew = false;
        if (header.end() != 0) {
            run.sureEnd = end;
            run.sureRelayEnd = run.relayEnd;
        }
        if (end - start != header.length()) {
            close(end, Optional.empty());
        }
    }

    /**
     * An event that seems to begin before the last one ended was unpacked by the replica, or those before it were whose
     * end nothing told.
     */
    private long startOf(Event event, long end) {
        long start = end - event.header().length();
        boolean sure = growing == null || growing.relayEnd == growing.sureRelayEnd;
        return start < position && end > position && sure ? position : start;
    }

    /** A relay log that begins in the middle of a source's file may have the replica's own format description only. */
    private FormatDescription formatOf(Event event) {
        FormatDescription source = sourceFormat;
        return source != null && source.checksums() == event.format().checksums() ? source : event.format();
    }

    private void close(long end, Optional<String> nextFile) {
        if (growing != null) {
            runs.addAll(finished(growing, end, nextFile));
            growing = null;
        }
    }

    /** One run, or two: one whose positions are sure, and one with events that the replica stored in another form. */
    private List<RelayRun> finished(Stretch run, long end, Optional<String> nextFile) {
        if (end - run.start == run.relayEnd - run.relayStart
                || run.sureRelayEnd == run.relayEnd
                || run.sureEnd == run.start) {
            return List.of(run(run, run.start, end, run.relayStart, nextFile));
        }
        RelayRun sure = new RelayRun(
                sourceFile,
                run.start,
                run.sureEnd,
                relayFile,
                run.relayStart,
                run.sureRelayEnd,
                run.format,
                run.fromHead,
                Optional.empty());
        return List.of(sure, run(run, run.sureEnd, Math.max(end, run.sureEnd), run.sureRelayEnd, nextFile));
    }

    private RelayRun run(Stretch of, long start, long end, long relayStart, Optional<String> nextFile) {
        boolean fromHead = of.fromHead && start == of.start;
        return new RelayRun(sourceFile, start, end, relayFile, relayStart, of.relayEnd, of.format, fromHead, nextFile);
    }

    /** The name with the next lower number. */
    private static String predecessor(String file) {
        int dot = file.lastIndexOf('.');
        String digits = file.substring(dot + 1);
        long number = Long.parseLong(digits) - 1;
        String text = Long.toString(number);
        return file.substring(0, dot + 1)
                + "0".repeat(Math.max(0, Math.max(6, digits.length() - 1) - text.length()))
                + text;
    }
}
