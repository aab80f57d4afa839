package io.mha4j.decision.check;

import io.mha4j.topology.ServerVersion;
import java.util.ArrayList;
import java.util.List;

/** What the administrative account must be allowed, by version; docs/grants.md says it for people. */
final class Privileges {
    private static final String OVER_SQL = "giving it rescued events over SQL";
    private static final String PROCESS = "seeing whether an applier waits or works";

    private Privileges() {}

    /**
     * One privilege, and those that include it.
     *
     * @param name     the least one, to be granted
     * @param includes it and the wider ones
     * @param purpose  what it is needed for
     */
    record Need(String name, List<String> includes, String purpose) {
        static Need of(String name, String purpose, String... wider) {
            List<String> all = new ArrayList<>(List.of(wider));
            all.add(name);
            return new Need(name, List.copyOf(all), purpose);
        }
    }

    static List<Need> of(ServerVersion version) {
        if (version.isMariadb()) {
            return version.isMariadbFrom(10, 5, 0) ? mariadb(version) : old();
        }
        return version.isMysqlFrom(8, 0, 0) ? mysql() : old();
    }

    /** What lets it look at all that is checked; a failover goes without. Super-users see no events of others either. */
    static List<Need> toSee(ServerVersion version) {
        String replicas = version.isMariadbFrom(10, 5, 0) ? "REPLICATION MASTER ADMIN" : "REPLICATION SLAVE";
        return List.of(
                Need.of("EVENT", "which events it has"), Need.of(replicas, "which replicas are registered with it"));
    }

    /**
     * What applying rescued events over SQL takes besides. Row events want no right to the data; statements and definitions
     * do what they did at the source.
     */
    static List<Need> overSql(ServerVersion version) {
        List<Need> needs = new ArrayList<>();
        for (String name : List.of("CREATE", "ALTER", "DROP", "INSERT", "UPDATE", "DELETE")) {
            needs.add(Need.of(name, OVER_SQL));
        }
        if (version.isMariadbFrom(10, 5, 0)) {
            needs.add(Need.of("BINLOG REPLAY", OVER_SQL, "SUPER"));
            needs.add(Need.of("SUPER", OVER_SQL));
        } else if (version.isMysqlFrom(8, 0, 0)) {
            needs.add(Need.of("BINLOG_ADMIN", OVER_SQL, "SUPER", "REPLICATION_APPLIER"));
        }
        return List.copyOf(needs);
    }

    private static List<Need> old() {
        return List.of(
                Need.of("RELOAD", "RESET SLAVE"),
                Need.of("PROCESS", PROCESS),
                Need.of("REPLICATION CLIENT", "reading replication's state"),
                Need.of("SUPER", "CHANGE MASTER, KILL and SET GLOBAL read_only"));
    }

    /** Manual of MySQL 8.0, "Privileges Provided by MySQL". */
    private static List<Need> mysql() {
        return List.of(
                Need.of("RELOAD", "RESET REPLICA"),
                Need.of("PROCESS", PROCESS),
                Need.of("REPLICATION CLIENT", "reading replication's state", "SUPER"),
                Need.of("REPLICATION_SLAVE_ADMIN", "CHANGE MASTER, START and STOP SLAVE", "SUPER"),
                Need.of("SYSTEM_VARIABLES_ADMIN", "SET GLOBAL read_only", "SUPER"),
                Need.of("CONNECTION_ADMIN", "SET GLOBAL read_only and KILL", "SUPER"));
    }

    /** Knowledge base of MariaDB, "GRANT"; SUPER stopped to include READ_ONLY ADMIN with 10.11. */
    private static List<Need> mariadb(ServerVersion version) {
        String[] readOnly = version.isMariadbFrom(10, 11, 0) ? new String[0] : new String[] {"SUPER"};
        return List.of(
                Need.of("RELOAD", "RESET SLAVE"),
                Need.of("PROCESS", PROCESS),
                Need.of("BINLOG MONITOR", "reading its binary log's state", "SUPER", "REPLICATION CLIENT"),
                Need.of("SLAVE MONITOR", "reading replication's state", "SUPER", "REPLICA MONITOR"),
                Need.of("REPLICATION SLAVE ADMIN", "CHANGE MASTER and SET GLOBAL gtid_slave_pos", "SUPER"),
                Need.of("CONNECTION ADMIN", "KILL", "SUPER"),
                Need.of("READ_ONLY ADMIN", "SET GLOBAL read_only", readOnly));
    }
}
