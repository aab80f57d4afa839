package io.mha4j.archive.node;

import io.mha4j.archive.place.Fetch;
import io.mha4j.binlog.Event;
import io.mha4j.binlog.EventHeader;
import io.mha4j.binlog.EventScanner;
import io.mha4j.binlog.EventType;
import io.mha4j.binlog.FormatDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The beginning of a log file: everything before the first event that is no format description, no rotation and no list of
 * earlier GTIDs.
 *
 * @param end    offset behind it
 * @param events what stands in it
 * @param whole  false if the file ends before anything is whole: its server died when it began it, or its disk was full
 */
record HeadSection(long end, List<Event> events, boolean whole) {
    HeadSection {
        events = List.copyOf(events);
    }

    /** Reads that of a file. */
    static HeadSection read(Fetch fetch, String path) {
        List<Event> head = new ArrayList<>();
        boolean[] over = {false};
        EventScanner scanner = EventScanner.fromStart(event -> {
            over[0] |= !belongs(event.type());
            if (!over[0]) {
                head.add(event);
            }
        });
        fetch.from(path, 0, (bytes, at, length) -> {
            scanner.accept(bytes, at, length);
            if (over[0] || scanner.damage().isPresent()) {
                throw new Fetch.Enough();
            }
        });
        boolean whole = over[0] || !head.isEmpty() || scanner.damage().isPresent();
        return new HeadSection(head.isEmpty() ? 0 : head.get(head.size() - 1).endOffset(), head, whole);
    }

    private static boolean belongs(int type) {
        return type == EventType.FORMAT_DESCRIPTION || type == EventType.ROTATE || type == EventType.PREVIOUS_GTIDS;
    }

    /** Whether a replica began the file with words of its own, or of its source's; old versions do not flag the first. */
    boolean isOfRelayLog() {
        return events.stream()
                        .map(Event::header)
                        .anyMatch(header -> header.has(EventHeader.RELAY_LOG) || header.has(EventHeader.ARTIFICIAL))
                || events.stream()
                                .map(event -> event.header().serverId())
                                .distinct()
                                .count()
                        > 1;
    }

    /**
     * Whether the source was started before it wrote what is behind.
     *
     * @param relayed whether the first event is the replica's own
     */
    boolean isOfStart(boolean relayed) {
        return events.stream().skip(relayed ? 1 : 0).anyMatch(Event::isStart);
    }

    /** In force behind it. */
    Optional<FormatDescription> format() {
        return events.isEmpty()
                ? Optional.empty()
                : Optional.of(events.get(events.size() - 1).format());
    }
}
