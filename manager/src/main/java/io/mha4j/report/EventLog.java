package io.mha4j.report;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;

/**
 * The story of a run: one call writes the operator's log and remembers the event for the incident report. Lines look as
 * in MHA 0.58 (local time, {@code Fri Nov  7 09:05:03 2026 - [info] message}); errors also carry the place in the code,
 * as there. Secrets must arrive as {@code Secret}, which prints {@code ***}.
 *
 * <p>In formats {@code {}} stands for the next argument; a format without arguments is written as it is. Calls never
 * throw; lines that a log file refuses go to standard error. Safe for use by several threads; a message is never torn,
 * also not by another process that appends to the same file.
 *
 * <p>A call comes back when its line is written, however long the file or the stream takes; see {@link #inBackground}.
 */
public final class EventLog {
    private static final int REMEMBERED = 10_000;
    private static final Duration OPENING = Duration.ofSeconds(5);

    private final LogSink sink;
    private final Level threshold;
    private final InstantSource clock;
    private final ZoneId zone;
    private final EventMemory memory;

    private EventLog(Level threshold, InstantSource clock, ZoneId zone, LogSink sink, EventMemory memory) {
        this.threshold = threshold;
        this.clock = clock;
        this.zone = zone;
        this.sink = sink;
        this.memory = memory;
    }

    /**
     * A log that appends to {@code file}, which may be renamed or removed at any time. Missing directories are created;
     * the file gets the mode that the process's umask gives, because operators' tools read it.
     *
     * @throws ReportException if the file cannot be opened for writing, or not within five seconds
     */
    public static EventLog toFile(Path file, Level threshold, InstantSource clock, ZoneId zone) {
        return to(LogFile.in(OPENING, file, System.err), threshold, clock, zone);
    }

    /** A log that prints to {@code stream}, usually standard error, in UTF-8 or whatever the stream encodes to. */
    public static EventLog toStream(PrintStream stream, Level threshold, InstantSource clock, ZoneId zone) {
        LogSink sink = text -> {
            synchronized (stream) {
                stream.print(text);
                stream.flush();
            }
        };
        return to(sink, threshold, clock, zone);
    }

    static EventLog to(LogSink sink, Level threshold, InstantSource clock, ZoneId zone) {
        return new EventLog(threshold, clock, zone, sink, new EventMemory(REMEMBERED));
    }

    /** Statements of failovers, switches and rejoins, and what hosts are asked for. */
    public void debug(String format, Object... args) {
        tell(Level.DEBUG, format, args);
    }

    /** The story, one line per fact. */
    public void info(String format, Object... args) {
        tell(Level.INFO, format, args);
    }

    /** Someone should look. */
    public void warning(String format, Object... args) {
        tell(Level.WARNING, format, args);
    }

    /** We stopped. */
    public void error(String format, Object... args) {
        tell(Level.ERROR, format, args);
    }

    /** A defect of this program, with its stack trace; expected failures are told in one sentence instead. */
    public void bug(String doing, RuntimeException thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        tell(Level.ERROR, "{}: {}", doing, trace);
    }

    /** Lines of another program, without date and level, whatever the threshold; nothing when {@code text} is empty. */
    public void output(String text) {
        if (!text.isEmpty()) {
            memory.add(new Event(clock.instant(), Level.INFO, text.stripTrailing()));
            sink.append(text.endsWith("\n") ? text : text + "\n");
        }
    }

    /** Whether lines of this level are written, for messages that are costly to make. */
    public boolean writes(Level level) {
        return level.compareTo(threshold) >= 0;
    }

    /**
     * What was told, oldest first: at most the last ten thousand events, among them everything from info upwards even
     * if the threshold keeps it out of the log.
     */
    public List<Event> events() {
        return memory.all();
    }

    /**
     * A log of its own for one of several hosts worked on at once. Its lines appear in this log in one piece when it is
     * closed, between MHA's marks that name the host; its events are remembered at once.
     */
    public HostLog forHost(String host) {
        return new HostLog(this, host);
    }

    /**
     * The same log for work that no log may hold up: lines are written at once by a thread of its own, and a log that
     * accepts nothing makes nobody wait. The last of about a megabyte of lines are left out then; their number is told in
     * their place when the log accepts lines again.
     */
    public EventLog inBackground() {
        return withSink(BackgroundSink.to(sink, this::gap, BackgroundSink.LIMITS));
    }

    /** Waits until what was told is written, three seconds at the most, and once only for a log that accepts nothing. */
    public void flush() {
        sink.flush();
    }

    private String gap(long missing) {
        String message = "messages missing here, which the log did not accept: " + missing;
        return LogLine.of(new Event(clock.instant(), Level.WARNING, message), "", zone);
    }

    /** The same story with another destination. */
    EventLog withSink(LogSink other) {
        return new EventLog(threshold, clock, zone, other, memory);
    }

    void append(String lines) {
        sink.append(lines);
    }

    private void tell(Level level, String format, Object... args) {
        boolean written = writes(level);
        if (!written && level == Level.DEBUG) {
            return;
        }
        Event event = new Event(clock.instant(), level, args.length == 0 ? format : LogLine.fill(format, args));
        memory.add(event);
        if (written) {
            sink.append(LogLine.of(event, level == Level.ERROR ? CodePlace.ofCaller() : "", zone));
        }
    }
}
