package io.mha4j.lab.probe;

/** Accounts for one check, kept out of the binary log. */
final class ProbeAccounts {
    private ProbeAccounts() {}

    static void create(ProbeServer server, String user, String password) {
        server.sql("SET sql_log_bin=0", "CREATE USER '" + user + "'@'%' IDENTIFIED BY " + quoted(password));
    }

    static void createForReplication(ProbeServer server, String user, String password) {
        server.sql(
                "SET sql_log_bin=0",
                "CREATE USER '" + user + "'@'%' IDENTIFIED BY " + quoted(password),
                "GRANT REPLICATION SLAVE ON *.* TO '" + user + "'@'%'");
    }

    static void drop(ProbeServer server, String user) {
        server.sql("SET sql_log_bin=0", "DROP USER '" + user + "'@'%'");
    }

    /** For a session with backslash escapes, the default. */
    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
