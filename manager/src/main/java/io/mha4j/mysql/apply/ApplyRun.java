package io.mha4j.mysql.apply;

import io.mha4j.archive.EventCursor;
import io.mha4j.base.InterruptedWork;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.Event;
import io.mha4j.binlog.FormatDescription;
import io.mha4j.binlog.GtidSet;
import io.mha4j.binlog.Gtids;
import io.mha4j.binlog.MariadbGtids;
import io.mha4j.binlog.TransactionReader;
import io.mha4j.mysql.MysqlException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One walk over saved events: which to apply, where in the source's log we are, what is committed. */
final class ApplyRun {
    /** For an event of 1 GiB, the longest, as text and as what is sent of it. */
    private static final int ENOUGH_MIB = 8192;

    private final ApplySession session;
    private final GtidMarks marks;
    private final Progress progress;
    private final EventStatements statements;

    private @Nullable FormatDescription format;
    private String file = "";
    private TransactionReader reader = new TransactionReader();
    private boolean skipping;
    private boolean begun;

    private Optional<BinlogPosition> end = Optional.empty();
    private Optional<Gtids> gtids = Optional.empty();
    private long transactions;
    private long skipped;
    private long bytes;

    ApplyRun(ApplySession session, GtidMarks marks, Progress progress) {
        this.session = session;
        this.marks = marks;
        this.progress = progress;
        this.statements = new EventStatements(session, marks);
    }

    /** Applies all events; the cursor stands before the first. */
    Applied all(EventCursor events) {
        try (statements) {
            while (events.advance()) {
                if (Thread.currentThread().isInterrupted()) {
                    throw InterruptedWork.during("applying events", new InterruptedException());
                }
                step(events);
            }
        }
        return reached();
    }

    private void step(EventCursor events) {
        BinlogPosition at = new BinlogPosition(events.sourceFile(), events.start());
        try {
            enter(events);
            Event event = Whole.of(events.bytes(), events.start(), events.format());
            skipping = marks.passesOver(event, skipping);
            if (!skipping) {
                begin();
                statements.apply(event);
            }
            follow(event);
        } catch (MysqlException e) {
            throw ApplyException.refused(place(at), e, statements.isEnding());
        } catch (IllegalArgumentException e) {
            throw ApplyException.of(place(at), String.valueOf(e.getMessage()));
        } catch (IndexOutOfBoundsException e) {
            throw ApplyException.of(place(at), "a damaged event: what it holds is longer than itself");
        } catch (UncheckedIOException e) {
            throw ApplyException.of(place(at), e.getMessage() + ": " + e.getCause());
        } catch (OutOfMemoryError e) {
            throw ApplyException.of(
                    place(at),
                    "it has %d bytes, and the memory of this program ends at %d; start it with MHA4J_JAVA_OPTS=-Xmx%dm"
                            .formatted(
                                    events.header().length(),
                                    Runtime.getRuntime().maxMemory(),
                                    ENOUGH_MIB));
        }
    }

    private void begin() {
        if (!begun) {
            begun = true;
            progress.begins();
        }
    }

    private ApplyException.Place place(BinlogPosition at) {
        return new ApplyException.Place(session.id(), at, reached());
    }

    private void enter(EventCursor events) {
        if (events.isBehindStart() && (statements.inTransaction() || reader.open())) {
            statements.rollBack();
            gtids = gtids();
            reader = new TransactionReader();
        }
        if (!events.sourceFile().equals(file)) {
            gtids = gtids();
            reader = new TransactionReader();
            file = events.sourceFile();
        }
        if (!events.format().equals(format)) {
            formatBehind(format, events.format(), statements.inTransaction())
                    .ifPresent(next -> session.format(next, statements.inTransaction()));
            format = events.format();
        }
    }

    /**
     * What the server is told where the format changes. A transaction may begin in one file and end in the next, and then
     * it must go on: at the format of a source that has started MySQL 5.5 rolls back. Others are taken in its middle.
     */
    static Optional<FormatDescription> formatBehind(
            @Nullable FormatDescription before, FormatDescription next, boolean inTransaction) {
        if (before == null || !inTransaction) {
            return Optional.of(next);
        }
        return next.isAlike(before) ? Optional.empty() : Optional.of(next.withoutStart());
    }

    private void follow(Event event) {
        long before = reader.whole();
        reader.accept(event);
        bytes += event.header().length();
        if (!reader.open()) {
            end = Optional.of(new BinlogPosition(file, reader.endOfLastWhole()));
        }
        if (reader.whole() > before) {
            if (skipping) {
                skipped++;
            } else {
                transactions++;
            }
            progress.reached(reached());
        }
    }

    /** What is committed. */
    Applied reached() {
        return new Applied(end, transactions, skipped, bytes, reader.open(), List.of());
    }

    /** Whether what was applied has made temporary tables, and has not dropped them all. */
    boolean leavesTemporaryTables() {
        return statements.leaveTemporaryTables();
    }

    /** Identifiers of all whole transactions so far, applied or skipped. */
    Optional<Gtids> gtids() {
        Optional<Gtids> latest = reader.gtids();
        return gtids.isEmpty() ? latest : latest.map(l -> union(gtids.get(), l)).or(() -> gtids);
    }

    private static Gtids union(Gtids a, Gtids b) {
        if (a instanceof MariadbGtids one && b instanceof MariadbGtids two) {
            return one.union(two).position();
        }
        return a instanceof GtidSet one && b instanceof GtidSet two ? one.union(two) : b;
    }
}
