package io.mha4j.binlog;

/** Is told every event that an {@link EventScanner} found whole, in the order of the file. */
@FunctionalInterface
public interface EventSink {
    void event(Event event);
}
