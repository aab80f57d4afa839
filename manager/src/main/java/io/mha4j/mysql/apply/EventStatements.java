package io.mha4j.mysql.apply;

import io.mha4j.binlog.Event;
import io.mha4j.binlog.EventHeader;
import io.mha4j.binlog.EventType;
import io.mha4j.binlog.LittleEndian;
import io.mha4j.mysql.MysqlException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes of each event the statement that has its effect, and sends it. */
final class EventStatements implements AutoCloseable {
    private static final int SUPPRESS_USE = 0x0008;
    private static final int LAST_INSERT_ID = 1;
    private static final int IGNORABLE = 0x0080;
    /** Errors that depend on what else ran at the time (MySQL source, {@code concurrency_error_code}). */
    private static final Set<Integer> CONCURRENCY = Set.of(1205, 1213, 1614);
    /** The statement was cut off in its middle (MySQL source, {@code unexpected_error_code}). */
    private static final Set<Integer> CUT_OFF = Set.of(1053, 1158, 1160, 1184, 1317);

    private static final Set<Integer> DUPLICATE = Set.of(1062, 1586);

    private final ApplySession session;
    private final GtidMarks marks;
    private final QuerySettings settings;
    private final RowGroup rows;
    private final LoadedFiles files = new LoadedFiles();

    private final TemporaryTables temporary = new TemporaryTables();

    private Optional<Event> announced = Optional.empty();
    private byte[] database = {};
    private boolean inTransaction;
    /** Whether a transaction was open before the event that is being applied, which may have opened one by its mark. */
    private boolean wasOpen;

    private boolean ending;

    EventStatements(ApplySession session, GtidMarks marks) {
        this.session = session;
        this.marks = marks;
        this.settings = new QuerySettings(session.variables(), session.version(), session.collations());
        this.rows = new RowGroup(session.groupLimit(), session.packetLimit());
    }

    /** Whether the last statement sent ends a transaction. */
    boolean isEnding() {
        return ending;
    }

    /** Whether the server has a transaction open. */
    boolean inTransaction() {
        return inTransaction;
    }

    /** Whether there may be temporary tables of the source's sessions. */
    boolean leaveTemporaryTables() {
        return temporary.areOpen();
    }

    /**
     * Applies one event.
     *
     * @throws IllegalArgumentException if it cannot be applied or must not be
     */
    void apply(Event event) {
        ending = false;
        if (GtidMarks.are(event.type())) {
            requireNoneOpen(inTransaction);
            announced = Optional.of(event);
            return;
        }
        if (CompressedEvents.are(event.type())) {
            apply(CompressedEvents.plain(event));
            return;
        }
        wasOpen = inTransaction;
        if (!isHarmless(event)) {
            begin(event);
        }
        if (RowGroup.holds(event.type())) {
            rows.add(event).ifPresent(this::sendRows);
        } else {
            other(event);
        }
    }

    /** Undoes the open transaction, as its source did: it ended without a word about it. */
    void rollBack() {
        rows.forget();
        announced = Optional.empty();
        ending = false;
        session.variables().forgetOnce();
        session.send("ROLLBACK");
        inTransaction = false;
    }

    private static void requireNoneOpen(boolean open) {
        if (open) {
            throw new IllegalArgumentException("a transaction begins here while the one before has no end; the server"
                    + " would commit what there is of that");
        }
    }

    private void sendRows(Statement binlog) {
        session.send(binlog);
        // It leaves the session with the time of the rows (MySQL source, Rows_log_event::do_apply_event).
        session.variables().forget("timestamp");
    }

    /** Opens the transaction that was announced, if one was; what it begins with is known by now. */
    private void begin(Event first) {
        boolean makesTable = makesTable(first);
        Optional<String> open = announced.flatMap(mark -> marks.take(mark, makesTable || RowGroup.holds(first.type())));
        announced = Optional.empty();
        open.ifPresent(statement -> {
            if (makesTable && marks.areCounted() && session.logs()) {
                throw new IllegalArgumentException(
                        "CREATE TABLE ... SELECT that was logged by rows would be logged here as two"
                                + " transactions, the second under the next one's GTID; only replication can carry it: "
                                + Statement.beginning(QueryText.of(first).text()));
            }
            session.send(statement);
            inTransaction = true;
        });
    }

    /** Whether a transaction of MariaDB that begins so is a CREATE TABLE ... SELECT: its rows follow. */
    static boolean makesTable(Event first) {
        if (first.type() != EventType.QUERY) {
            return false;
        }
        String words = QueryText.of(first).keywords();
        return words.startsWith("CREATE TABLE ") || words.startsWith("CREATE OR REPLACE TABLE");
    }

    private void other(Event event) {
        switch (event.type()) {
            case EventType.QUERY -> query(event);
            case EventType.XID -> commit("COMMIT");
            case EventType.XA_PREPARE -> commit(GtidMarks.xaStatement(event));
            case EventType.TRANSACTION_PAYLOAD -> TransactionPayload.forEach(event, this::apply);
            case EventType.INTVAR -> number(event);
            case EventType.RAND -> seeds(event);
            case EventType.USER_VAR -> session.variables().once(UserVariable.assignment(event, session.collations()));
            case EventType.BEGIN_LOAD_QUERY -> files.begin(event);
            case EventType.APPEND_BLOCK -> files.append(event);
            case EventType.DELETE_FILE -> files.delete(event);
            case EventType.EXECUTE_LOAD_QUERY -> load(event);
            case EventType.INCIDENT -> throw new IllegalArgumentException(incident(event));
            default -> requireHarmless(event);
        }
    }

    private void commit(String statement) {
        if (!rows.isEmpty()) {
            throw new IllegalArgumentException("a commit in the middle of a statement's row events");
        }
        session.flush();
        ending = true;
        session.send(statement);
        inTransaction = false;
    }

    private void query(Event event) {
        QueryText query = QueryText.of(event);
        if (query.status().changesNothing()) {
            return;
        }
        prepare(query, event);
        String words = query.keywords();
        boolean begins = words.equals("BEGIN") || words.startsWith("XA START") || words.equals("START TRANSACTION");
        boolean ends = words.equals("COMMIT")
                || words.startsWith("XA COMMIT")
                || words.startsWith("XA ROLLBACK")
                || (words.startsWith("ROLLBACK") && !words.startsWith("ROLLBACK TO"));
        if (begins) {
            requireNoneOpen(wasOpen);
        }
        ending = ends || (!inTransaction && !begins);
        run(Statement.of(query.text()), query.errorCode());
        temporary.note(query.thread(), query.text());
        inTransaction = begins || (inTransaction && !ends);
    }

    private void prepare(QueryText query, Event event) {
        if (CUT_OFF.contains(query.errorCode())) {
            throw new IllegalArgumentException("the statement was cut off at the source (error " + query.errorCode()
                    + "), which kept a part of it: " + Statement.beginning(query.text()));
        }
        if (event.header().has(SUPPRESS_USE)) {
            // It may drop the default database.
            database = new byte[0];
        } else if (query.database().length > 0 && !Arrays.equals(query.database(), database)) {
            session.use(query.database());
            database = query.database();
        }
        settings.want(query, event);
        session.flush();
    }

    /** Runs a statement that must end here as it did at the source. */
    private void run(Statement statement, int expected) {
        try {
            session.send(statement);
        } catch (MysqlException e) {
            boolean same = expected != 0 && e.errorCode() == expected && e.kind() != MysqlException.Kind.UNREACHABLE;
            if (same) {
                return;
            }
            throw e;
        }
        if (expected != 0 && !CONCURRENCY.contains(expected)) {
            throw new IllegalArgumentException("the statement failed at the source with error " + expected
                    + " and did not here: " + statement.shown());
        }
    }

    private void load(Event event) {
        QueryText query = QueryText.of(event);
        prepare(query, event);
        session.allowFiles();
        ending = !inTransaction;
        try {
            run(files.statement(event, query), query.errorCode());
        } finally {
            session.forbidFiles();
        }
        files.done(event);
        if (LoadedFiles.refusesDuplicates(event) && session.warnings().stream().anyMatch(DUPLICATE::contains)) {
            throw new IllegalArgumentException(
                    "rows of the loaded file are there already: " + Statement.beginning(query.text()));
        }
    }

    private void number(Event event) {
        byte[] body = Whole.body(event);
        String name = body[0] == LAST_INSERT_ID ? "LAST_INSERT_ID" : "INSERT_ID";
        session.variables().once(name, Long.toUnsignedString(LittleEndian.unsigned(body, 1, 8)));
    }

    private void seeds(Event event) {
        byte[] body = Whole.body(event);
        session.variables().once("RAND_SEED1", Long.toUnsignedString(LittleEndian.unsigned(body, 0, 8)));
        session.variables().once("RAND_SEED2", Long.toUnsignedString(LittleEndian.unsigned(body, 8, 8)));
    }

    private static String incident(Event event) {
        int at = EventHeader.BYTES + 2;
        int end = (int) event.lengthWithoutChecksum();
        int length = end > at ? Math.min(event.head()[at] & 0xff, end - at - 1) : 0;
        String text = length == 0 ? "" : ": " + new String(event.head(), at + 1, length, StandardCharsets.UTF_8);
        return "the source lost events here, so its log must not be applied (INCIDENT event" + text + ")";
    }

    private static void requireHarmless(Event event) {
        if (!isHarmless(event)) {
            throw new IllegalArgumentException(
                    "events of type " + EventType.name(event.type()) + " cannot be applied over SQL");
        }
    }

    /** Events about the log itself, and such as their writer marked as not needed, change no data. */
    private static boolean isHarmless(Event event) {
        return switch (event.type()) {
            case EventType.ROTATE, EventType.STOP, EventType.PREVIOUS_GTIDS, EventType.IGNORABLE -> true;
            case EventType.HEARTBEAT, EventType.HEARTBEAT_V2, EventType.ROWS_QUERY -> true;
            case EventType.TRANSACTION_CONTEXT, EventType.VIEW_CHANGE, EventType.FORMAT_DESCRIPTION -> true;
            case EventType.MARIADB_ANNOTATE_ROWS, EventType.MARIADB_CHECKPOINT, EventType.MARIADB_GTID_LIST -> true;
            default -> event.header().has(IGNORABLE);
        };
    }

    @Override
    public void close() {
        files.close();
    }

    /**
     * Temporary tables of the source's connections. One that is dropped in words that are not understood stays: rather one too many is
     * called open than one too few.
     */
    static final class TemporaryTables {
        private static final String COMMENTS = "(?s)(?:\\s++|/\\*[^!].*?\\*/)*+";
        private static final Pattern CREATE = Pattern.compile(
                COMMENTS + "CREATE\\s+(?:OR\\s+REPLACE\\s+)?TEMPORARY\\s+TABLE\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?"
                        + "((?:`[^`]*+`|[^\\s(;`]++)++).*",
                Pattern.CASE_INSENSITIVE);
        private static final Pattern DROP = Pattern.compile(
                COMMENTS + "DROP\\s+(?:/\\*!\\d+\\s+)?TEMPORARY\\s+(?:\\*/\\s*)?TABLE\\s+(?:IF\\s+EXISTS\\s+)?"
                        + "([^/]+?)(?:\\s*/\\*.*)?;?\\s*",
                Pattern.CASE_INSENSITIVE);
        private static final String BEGINNINGS = "CcDd/ \t\r\n";
        /** Behind that stands no name that is looked for. */
        private static final int ENOUGH = 1 << 16;

        private final Set<String> open = new HashSet<>();

        boolean areOpen() {
            return !open.isEmpty();
        }

        void note(long connection, byte[] statement) {
            if (statement.length == 0 || BEGINNINGS.indexOf(statement[0]) < 0) {
                return;
            }
            String text = new String(statement, 0, Math.min(ENOUGH, statement.length), StandardCharsets.ISO_8859_1);
            Matcher create = CREATE.matcher(text);
            Matcher drop = DROP.matcher(text);
            if (create.matches()) {
                open.add(name(connection, create.group(1)));
            } else if (drop.matches()) {
                Pattern.compile(",")
                        .splitAsStream(drop.group(1))
                        .forEach(table -> open.remove(name(connection, table)));
            }
        }

        /** Without its database, which one may name and the other not. */
        private static String name(long connection, String table) {
            String plain = table.replace("`", "").strip();
            return connection + " "
                    + plain.substring(plain.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        }
    }
}
