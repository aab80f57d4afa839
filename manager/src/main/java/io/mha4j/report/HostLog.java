package io.mha4j.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What is told about one host while others are worked on too. Close it when that host is done; a process killed before
 * that loses these lines, the journal keeps the steps.
 */
public final class HostLog implements AutoCloseable {
    private final EventLog parent;
    private final String host;
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final EventLog log;

    HostLog(EventLog parent, String host) {
        this.parent = parent;
        this.host = host;
        this.log = parent.withSink(lines::add);
    }

    /** The log to tell this host's story to; after {@link #close()} its lines are lost. */
    public EventLog log() {
        return log;
    }

    /** Writes the host's lines between {@code Log messages from <host> ...} and {@code End of log messages from <host>.} */
    @Override
    public void close() {
        StringBuilder block = new StringBuilder();
        EventLog marks = parent.withSink(block::append);
        marks.info("");
        marks.info("Log messages from {} ...", host);
        marks.info("");
        List.copyOf(lines).forEach(block::append);
        marks.info("End of log messages from {}.", host);
        parent.append(block.toString());
    }
}
