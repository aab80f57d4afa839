package io.mha4j.mysql;

import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.topology.ServerState;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A server did not do what it was asked. Carries the server and what was asked with every secret masked, never a value
 * bound to it; a cause that could hold a secret is left out.
 */
public final class MysqlException extends MhaException {
    /** What kind of failure it is, as far as a caller must tell them apart. */
    public enum Kind {
        /** It runs but would not let us in: one of MHA's "alive" errors while connecting. */
        REFUSING,
        /** Nothing usable came back: refused port, no answer in time, unknown name, broken connection. */
        UNREACHABLE,
        /** Our account lacks a privilege. */
        PRIVILEGE,
        /** The server answered a statement with an error. */
        STATEMENT,
        /** A replication thread stopped, or keeps failing, with an error of its own. */
        REPLICATION,
        /** Every statement was accepted, but what was asked for did not come about (in time). */
        OUTCOME
    }

    private final ServerId server;
    private final String statement;
    private final Kind kind;
    private final DriverError error;

    private MysqlException(ServerId server, String statement, Kind kind, DriverError error, @Nullable Throwable cause) {
        super(server + ": " + statement + ": " + error.text());
        if (cause != null) {
            initCause(cause);
        }
        this.server = server;
        this.statement = statement;
        this.kind = kind;
        this.error = error;
    }

    /** The driver's error, translated. */
    static MysqlException of(ServerId server, String statement, DriverError error, @Nullable Throwable cause) {
        return new MysqlException(server, statement, error.kind(), error, cause);
    }

    /** A replication thread's own error. */
    static MysqlException ofReplication(ServerId server, String doing, int code, String text) {
        return new MysqlException(server, doing, Kind.REPLICATION, DriverError.ofReplication(code, text), null);
    }

    /** The server did as told, and still it is not as asked; {@code sentence} says what is seen and the way out. */
    static MysqlException notAsAsked(ServerId server, String doing, String sentence) {
        return new MysqlException(server, doing, Kind.OUTCOME, DriverError.ofOutcome(sentence), null);
    }

    /** The same failure, and of the same kind to those who may try again, with what came of it. */
    MysqlException with(String consequence) {
        return new MysqlException(server, statement, kind, error.with(consequence), this);
    }

    public ServerId server() {
        return server;
    }

    /** The statement, or in words what was being done; secrets masked. */
    public String statement() {
        return statement;
    }

    public Kind kind() {
        return kind;
    }

    /** The server's error number (MySQL manual, "Server Error Message Reference"); 0 where there is none. */
    public int errorCode() {
        return error.code();
    }

    /** Five characters; empty where there is none. */
    public String sqlState() {
        return error.sqlState();
    }

    /** What went wrong, without server and statement. */
    public String why() {
        return error.text();
    }

    /** The same as of a server that runs, but does not say what must be known of it. */
    ServerState asRefusal() {
        // A statement's error has its number in its text.
        return new ServerState.Refusing(kind == Kind.STATEMENT ? 0 : error.code(), statement + ": " + error.text());
    }

    /** The same as a sweep tells it, for failures that mean the server is closed to us; else empty. */
    public Optional<ServerState> asState(Duration took) {
        return switch (kind) {
            case REFUSING -> Optional.of(new ServerState.Refusing(error.code(), error.text()));
            case UNREACHABLE -> Optional.of(new ServerState.Unreachable(error.unreachable(), error.text(), took));
            case PRIVILEGE, STATEMENT, REPLICATION, OUTCOME -> Optional.empty();
        };
    }
}
