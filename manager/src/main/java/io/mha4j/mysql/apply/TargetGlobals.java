package io.mha4j.mysql.apply;

import io.mha4j.base.Deadline;
import io.mha4j.base.MhaException;
import io.mha4j.binlog.Gtids;
import io.mha4j.binlog.MariadbGtids;
import io.mha4j.mysql.ServerSession;
import io.mha4j.topology.ServerFacts;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Settings of the whole server that are in the way of applying; closing puts back what was changed. */
final class TargetGlobals implements AutoCloseable {
    private static final Duration FOR_RESTORING = Duration.ofSeconds(20);
    private static final long LARGEST_PACKET = 1L << 30;
    /** Seconds, on every system. */
    private static final int LONGEST_WAIT = 2_147_483;

    private static final String FILES = "local_infile";

    private final ServerSession server;
    private final Deadline deadline;
    /** Statements that undo, the last change first. */
    private final Deque<String> undo = new ArrayDeque<>();

    private @Nullable Boolean sendsFiles;
    private @Nullable RawSession fileSwitch;
    private boolean filesAllowed;

    private final List<MhaException> left = new ArrayList<>();

    private Optional<Gtids> applied = Optional.empty();

    private TargetGlobals(ServerSession server, Deadline deadline) {
        this.server = server;
        this.deadline = deadline;
    }

    static TargetGlobals change(ServerSession server, ServerFacts facts, Deadline deadline) {
        TargetGlobals globals = new TargetGlobals(server, deadline);
        if (facts.superReadOnly()) {
            globals.set("super_read_only", "OFF", "ON");
        }
        return globals;
    }

    private void set(String variable, String value, String before) {
        undo.push("SET GLOBAL " + variable + "=" + before);
        try (RawSession session = RawSession.open(server, deadline)) {
            session.run("SET GLOBAL " + variable + "=" + value, deadline);
        }
    }

    /**
     * A login that takes the largest packets that the server can. A session keeps the limit that it found when it began,
     * so that the server has the higher one only for the moment of the login.
     */
    RawSession login() {
        long limit = Long.parseLong(value("max_allowed_packet"));
        if (limit >= LARGEST_PACKET) {
            return RawSession.open(server, deadline);
        }
        set("max_allowed_packet", Long.toString(LARGEST_PACKET), Long.toString(limit));
        try {
            return RawSession.open(server, deadline);
        } finally {
            undoLast(deadline);
        }
    }

    /** Lets statements send files, if the server does not already, for one statement: nobody else should for longer. */
    void allowFiles() {
        if (sendsFiles == null) {
            sendsFiles = !value(FILES).equals("0");
        }
        if (!sendsFiles) {
            RawSession session = fileSwitch();
            undo.push("SET GLOBAL " + FILES + "=0");
            session.run("SET GLOBAL " + FILES + "=1", deadline);
            filesAllowed = true;
        }
    }

    /** Undoes {@link #allowFiles}; where that fails, closing tries again by another login. */
    void forbidFiles() {
        if (filesAllowed) {
            filesAllowed = false;
            try {
                undoLast(fileSwitch(), deadline);
            } catch (MhaException e) {
                closeFileSwitch();
            }
        }
    }

    /** One login for all statements that send files: there may be thousands. */
    private RawSession fileSwitch() {
        RawSession open = fileSwitch;
        if (open == null) {
            open = RawSession.open(server, deadline);
            fileSwitch = open;
            // It may be idle for long between two of them.
            open.run("SET wait_timeout=" + LONGEST_WAIT, deadline);
        }
        return open;
    }

    private void closeFileSwitch() {
        if (fileSwitch != null) {
            fileSwitch.close();
            fileSwitch = null;
        }
    }

    private String value(String variable) {
        try (RawSession session = RawSession.open(server, deadline)) {
            return session.rows("SELECT @@global." + variable, deadline).get(0).get(0);
        }
    }

    private void undoLast(Deadline until) {
        try (RawSession session = RawSession.open(server, until)) {
            undoLast(session, until);
        }
    }

    private void undoLast(RawSession session, Deadline until) {
        session.run(undo.element(), until);
        undo.remove();
    }

    /** What the server has executed now through us, in addition to what it knows. */
    void applied(Optional<Gtids> gtids) {
        applied = gtids;
    }

    @Override
    public void close() {
        Deadline until = Deadline.in(FOR_RESTORING, deadline.ticks());
        closeFileSwitch();
        try {
            movePosition(until);
        } finally {
            while (!undo.isEmpty()) {
                try {
                    undoLast(until);
                } catch (MhaException e) {
                    undo.remove();
                    left.add(e);
                }
            }
        }
    }

    /** What could not be put back, after closing; each names the statement that would have done it. */
    List<MhaException> left() {
        return List.copyOf(left);
    }

    /** MariaDB counts as executed by replication only what is in this position; MySQL keeps count by itself. */
    private void movePosition(Deadline until) {
        if (applied.isEmpty() || !(applied.get() instanceof MariadbGtids gtids)) {
            return;
        }
        try (RawSession session = RawSession.open(server, until)) {
            String before =
                    session.rows("SELECT @@global.gtid_slave_pos", until).get(0).get(0);
            MariadbGtids after = MariadbGtids.parse(before).union(gtids).position();
            if (!after.equals(MariadbGtids.parse(before))) {
                session.run("SET GLOBAL gtid_slave_pos='" + after + "'", until);
            }
        }
    }

    ServerSession server() {
        return server;
    }
}
