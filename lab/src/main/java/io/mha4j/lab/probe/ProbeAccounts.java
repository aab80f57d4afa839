package io.mha4j.lab.probe;

import java.util.ArrayList;
import java.util.List;

/** Accounts for one check, kept out of the binary log. */
final class ProbeAccounts {
    private ProbeAccounts() {}

    static void create(ProbeServer server, String user, String password) {
        writable(server, "CREATE USER '" + user + "'@'%' IDENTIFIED BY " + quoted(password));
    }

    static void createForReplication(ProbeServer server, String user, String password) {
        writable(
                server,
                "CREATE USER '" + user + "'@'%' IDENTIFIED BY " + quoted(password),
                "GRANT REPLICATION SLAVE ON *.* TO '" + user + "'@'%'");
    }

    static void drop(ProbeServer server, String user) {
        writable(server, "DROP USER '" + user + "'@'%'");
    }

    /** Runs statements although the server may be read-only, and without logging them. */
    static void writable(ProbeServer server, String... statements) {
        boolean readOnly = server.session().facts(ProbeServer.in(5)).readOnly();
        server.control().setReadOnly(false, ProbeServer.in(5));
        List<String> all = new ArrayList<>(List.of("SET sql_log_bin=0"));
        all.addAll(List.of(statements));
        server.sql(all.toArray(String[]::new));
        server.control().setReadOnly(readOnly, ProbeServer.in(5));
    }

    /** For a session with backslash escapes, the default. */
    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
