package io.mha4j.mysql;

import io.mha4j.mysql.MysqlException.Kind;
import io.mha4j.mysql.tls.TlsFileException;
import io.mha4j.topology.ServerState;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;

/**
 * What the driver's exception means to us.
 *
 * @param unreachable how the server failed to answer; meaningful for {@code UNREACHABLE} only
 * @param code        server error number or 0
 * @param sqlState    five characters or empty
 * @param text        the server's text, or one clause
 */
record DriverError(Kind kind, ServerState.Kind unreachable, int code, String sqlState, String text) {
    /** The server's own numbers begin there; the driver's are smaller. */
    private static final int FIRST_OF_SERVERS = 1000;

    private static final int TOO_MANY_CONNECTIONS = 1040;
    private static final Set<Integer> PRIVILEGES = Set.of(1044, 1045, 1095, 1142, 1143, 1227, 1370, 1698);
    /** Shutdown in progress, killed, or cut off for idling: the connection is gone though it ended politely. */
    private static final Set<Integer> GONE = Set.of(1053, 1152, 1153, 1158, 1159, 1160, 1161, 1927, 3169, 4031);

    /** Whether a login failed because {@code max_connections} was reached. */
    static boolean isFull(SQLException e) {
        return numbered(e).getErrorCode() == TOO_MANY_CONNECTIONS;
    }

    /** The driver's, at the beginning of its texts. */
    private static final String CONNECTION_NUMBER = "^\\(conn=\\d+\\) *";

    /**
     * Reads a failed attempt to connect. A server that answers with an error lives, whatever it dislikes: MHA 0.58
     * (HealthCheck) knows eleven of its numbers only, and takes an account that is locked for a death. Trouble with files
     * of this host, or what the driver dislikes of a server that has greeted, is no sign of its death either.
     */
    static DriverError ofConnect(SQLException e) {
        SQLException root = numbered(e);
        if (root.getErrorCode() >= FIRST_OF_SERVERS && !GONE.contains(root.getErrorCode())) {
            return known(Kind.REFUSING, root, plain(root));
        }
        Optional<Throwable> ours = first(e, c -> c instanceof TlsFileException);
        if (ours.isPresent()) {
            return known(Kind.REFUSING, root, "no TLS: " + ours.get().getMessage());
        }
        if (noTls(e)) {
            return known(Kind.REFUSING, root, "no TLS: " + innermost(e));
        }
        return isDeclined(e) ? known(Kind.REFUSING, root, plain(root)) : broken(e);
    }

    /**
     * Whether the driver itself gave up a server that talks to it, such as one that asks for the password in a way that the
     * driver does not know. It has no number for that; a connection that failed is always among the causes, except where
     * the driver looked at the time.
     */
    private static boolean isDeclined(SQLException e) {
        return !GONE.contains(numbered(e).getErrorCode())
                && !has(e, c -> c instanceof IOException)
                && !plain(e).startsWith("Connection timeout");
    }

    /**
     * The server is there, but the two do not agree about encryption. A handshake that only broke off says nothing: so
     * does a server that dies.
     */
    private static boolean noTls(SQLException e) {
        boolean brokeOff = has(e, c -> c instanceof IOException && !(c instanceof SSLException));
        return !brokeOff && has(e, c -> c instanceof SSLException || isWithoutTls(c));
    }

    /**
     * The driver's words for a server without TLS, under another name, or that wants the password in plain text; it has no
     * class or number for them.
     */
    private static boolean isWithoutTls(Throwable e) {
        String text = e.getMessage() == null ? "" : e.getMessage();
        return text.contains("ssl not enabled in the server")
                || text.contains("SSL hostname verification failed")
                || text.contains("if SSL is not enabled");
    }

    private static String innermost(Throwable e) {
        Throwable found = e;
        while (found.getCause() != null) {
            found = found.getCause();
        }
        String text = found.getMessage() == null ? found.getClass().getSimpleName() : found.getMessage();
        return text.lines().findFirst().orElse(text).replaceFirst(CONNECTION_NUMBER, "");
    }

    /** Reads a failed statement; {@code account} is named where a privilege is missing. */
    static DriverError ofStatement(SQLException e, Sql sql, String account) {
        SQLException root = numbered(e);
        int code = root.getErrorCode();
        if (connectionLost(e) || GONE.contains(code)) {
            return broken(e);
        }
        String text = masked(plain(root), sql);
        return PRIVILEGES.contains(code)
                ? known(Kind.PRIVILEGE, root, text + "; grant it to the account '" + account + "' that we log in with")
                : known(Kind.STATEMENT, root, text + " (error " + code + ")");
    }

    /** A reply that did not come by the deadline. */
    static DriverError late(String text) {
        return new DriverError(Kind.UNREACHABLE, ServerState.Kind.TIMED_OUT, 0, "", text);
    }

    /** A session that broke before. */
    static DriverError closed() {
        return new DriverError(Kind.UNREACHABLE, ServerState.Kind.BROKEN, 0, "", "the connection broke earlier");
    }

    /** A privilege that we lack though the server does not complain. */
    static DriverError privilege(String text) {
        return new DriverError(Kind.PRIVILEGE, ServerState.Kind.BROKEN, 0, "", text);
    }

    static DriverError ofReplication(int code, String text) {
        return new DriverError(Kind.REPLICATION, ServerState.Kind.BROKEN, code, "", text + " (error " + code + ")");
    }

    static DriverError ofOutcome(String text) {
        return new DriverError(Kind.OUTCOME, ServerState.Kind.BROKEN, 0, "", text);
    }

    DriverError with(String more) {
        return new DriverError(kind, unreachable, code, sqlState, text + "; " + more);
    }

    private static DriverError known(Kind kind, SQLException e, String text) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return new DriverError(kind, ServerState.Kind.BROKEN, e.getErrorCode(), state, text);
    }

    private static DriverError broken(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        ServerState.Kind how = how(e);
        String text =
                switch (how) {
                    case REFUSED -> "connection refused";
                    case TIMED_OUT -> timedOut(e);
                    case UNKNOWN_HOST -> "host name does not resolve";
                    case BROKEN -> "connection broke: " + plain(e);
                };
        return new DriverError(Kind.UNREACHABLE, how, Math.max(0, e.getErrorCode()), state, text);
    }

    private static String timedOut(SQLException e) {
        return has(e, c -> c instanceof NoRouteToHostException) ? "no route to host" : "no answer in time";
    }

    private static ServerState.Kind how(SQLException e) {
        if (has(e, c -> c instanceof UnknownHostException)) {
            return ServerState.Kind.UNKNOWN_HOST;
        }
        if (has(e, c -> c instanceof SocketTimeoutException || c instanceof NoRouteToHostException)) {
            return ServerState.Kind.TIMED_OUT;
        }
        return has(e, c -> c instanceof ConnectException && saysRefused(c))
                ? ServerState.Kind.REFUSED
                : ServerState.Kind.BROKEN;
    }

    private static boolean saysRefused(Throwable e) {
        return e.getMessage() != null && e.getMessage().toLowerCase(Locale.ROOT).contains("refused");
    }

    private static boolean connectionLost(SQLException e) {
        return e.getSQLState() != null && e.getSQLState().startsWith("08");
    }

    private static boolean has(Throwable e, Predicate<Throwable> what) {
        return first(e, what).isPresent();
    }

    private static Optional<Throwable> first(Throwable e, Predicate<Throwable> what) {
        for (Throwable c = e; c != null; c = c.getCause()) {
            if (what.test(c)) {
                return Optional.of(c);
            }
        }
        return Optional.empty();
    }

    /** The innermost exception with an error number; the driver wraps it when a set-up statement fails. */
    private static SQLException numbered(SQLException e) {
        SQLException found = e;
        for (Throwable c = e; c != null; c = c.getCause()) {
            if (c instanceof SQLException sql && sql.getErrorCode() != 0) {
                found = sql;
            }
        }
        return found;
    }

    /** The text without the driver's {@code (conn=12)}. */
    private static String plain(SQLException e) {
        String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return text.replaceFirst(CONNECTION_NUMBER, "").strip();
    }

    private static String masked(String text, Sql sql) {
        return sql.isLeakedBy(text) ? "refused; the server's text quotes the password and is not shown" : text;
    }
}
