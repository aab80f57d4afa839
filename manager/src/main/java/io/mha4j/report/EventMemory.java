package io.mha4j.report;

import java.util.ArrayDeque;
import java.util.List;

/** The latest events of a run; the oldest make room. Safe for use by several threads. */
final class EventMemory {
    private final int capacity;
    private final ArrayDeque<Event> events = new ArrayDeque<>();

    EventMemory(int capacity) {
        this.capacity = capacity;
    }

    synchronized void add(Event event) {
        if (events.size() == capacity) {
            events.removeFirst();
        }
        events.addLast(event);
    }

    synchronized List<Event> all() {
        return List.copyOf(events);
    }
}
