package io.mha4j.topology.details;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a living server was busy with at one moment, our own sessions and replication's left out.
 *
 * @param sessions     clients' sessions
 * @param transactions open transactions that have changed rows
 * @param prepared     XA transactions that are prepared and wait for their end, by name
 * @param locks        who holds a lock of the whole server, such as a running backup; each one clause
 */
public record Activity(
        List<Session> sessions, List<Transaction> transactions, List<String> prepared, List<String> locks) {
    public static final Activity NONE = new Activity(List.of(), List.of(), List.of(), List.of());

    public Activity {
        sessions = List.copyOf(sessions);
        transactions = List.copyOf(transactions);
        prepared = List.copyOf(prepared);
        locks = List.copyOf(locks);
    }

    /**
     * One line of the process list.
     *
     * @param id      the server's number
     * @param command the server's word: Query, Sleep, ...
     * @param time    how long it has been in this state; whole seconds
     * @param state   the server's words; often empty
     * @param text    the statement; empty where there is none
     */
    public record Session(long id, String user, String host, String command, Duration time, String state, String text) {
        private static final int SHOWN = 100;
        /** Behind these words a statement may say a password; the server masks only some, in some versions. */
        private static final Pattern SECRET = Pattern.compile("(?i)\\b(identified|\\w*password)\\b.*");

        /** Not those that the server makes up. */
        private static final Pattern FROM_TABLE = Pattern.compile(
                "(?i)^\\s*SELECT\\b.*\\bFROM\\s++(?!DUAL\\b|`?(information_schema|performance_schema|sys)\\b)",
                Pattern.DOTALL);

        /** Whether it executes something now. */
        public boolean busy() {
            return !command.equals("Sleep") && !command.equals("Connect");
        }

        /** Whether its statement may change something, as far as the first word tells (MHA 0.58, {@code DBHelper.pm}). */
        public boolean mayWrite() {
            String begin = text.strip().toUpperCase(Locale.ROOT);
            return busy() && !begin.startsWith("SELECT") && !begin.startsWith("SHOW");
        }

        /** Whether it reads tables, as far as its words tell; those that it changes are no matter here. */
        public boolean readsTables() {
            return busy() && !mayWrite() && FROM_TABLE.matcher(text).find();
        }

        /** For a log; the statement is cut, and before a password. */
        @Override
        public String toString() {
            String one = SECRET.matcher(text.strip().replaceAll("\\s+", " ")).replaceFirst("$1 ***");
            String cut = one.length() > SHOWN ? one.substring(0, SHOWN) + "..." : one;
            return "connection %d of '%s'@'%s', %s for %d s: %s"
                    .formatted(id, user, host, command, time.toSeconds(), cut.isEmpty() ? state : cut);
        }
    }

    /**
     * An open transaction.
     *
     * @param connection the server's number of the connection
     * @param age        since it began; whole seconds
     * @param rows       how many rows it has changed
     */
    public record Transaction(long connection, Duration age, long rows) {
        @Override
        public String toString() {
            return "a transaction of connection %d, open for %d s, that changed %d rows"
                    .formatted(connection, age.toSeconds(), rows);
        }
    }
}
