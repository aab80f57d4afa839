package io.mha4j.lab.server;

import java.util.Arrays;
import java.util.Optional;

/** The servers that the lab knows; between them they cover every dialect that the manager must speak. */
public enum ServerKind {
    MYSQL_5_5("5.5.9", Family.OLD_MYSQL),
    MYSQL_5_6("5.6.24", Family.OLD_MYSQL),
    MYSQL_5_7("5.7.22", Family.OLD_MYSQL),
    MYSQL_8_0("8.0.15", Family.MYSQL_8),
    MYSQL_9_7("9.7", Family.MYSQL_9),
    MARIADB_10_11("mariadb-10.11", Family.MARIADB),
    MARIADB_11_4("mariadb-11.4", Family.MARIADB);

    private enum Family {
        OLD_MYSQL,
        MYSQL_8,
        MYSQL_9,
        MARIADB
    }

    private final String label;
    private final Family family;

    ServerKind(String label, Family family) {
        this.label = label;
        this.family = family;
    }

    /** The kind with this label; empty if there is none. */
    public static Optional<ServerKind> named(String label) {
        return Arrays.stream(values()).filter(kind -> kind.label.equals(label)).findFirst();
    }

    /** Its name on command lines and in tables, for example {@code 8.0.15} or {@code mariadb-10.11}. */
    public String label() {
        return label;
    }

    /** Whether transactions have global identifiers; only 5.5 has none. */
    public boolean knowsGtids() {
        return this != MYSQL_5_5;
    }

    public boolean isMariadb() {
        return family == Family.MARIADB;
    }

    /** Whether statements and columns say SOURCE and REPLICA; the others here know MASTER and SLAVE only. */
    public boolean saysReplica() {
        return family == Family.MYSQL_9;
    }

    /** Whether accounts log in with caching_sha2_password, so that a login without TLS needs the server's public key. */
    public boolean usesCachingSha2() {
        return family == Family.MYSQL_8 || family == Family.MYSQL_9;
    }

    /** Whether this build can replicate semi-synchronously. */
    public boolean hasSemiSync() {
        return family == Family.MYSQL_9 || family == Family.MARIADB;
    }

    @Override
    public String toString() {
        return label;
    }
}
