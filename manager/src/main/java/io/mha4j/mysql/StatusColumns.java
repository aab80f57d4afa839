package io.mha4j.mysql;

/**
 * Columns of replication status whose names changed with MySQL 8.0.22 (release notes, "SHOW REPLICA STATUS"). Columns
 * that never changed are named where they are read.
 *
 * @param source  {@code Master} or {@code Source}
 * @param replica {@code Slave} or {@code Replica}
 * @param channel name of the column with the channel's name
 */
record StatusColumns(String source, String replica, String channel) {
    static final StatusColumns OLD_MYSQL = new StatusColumns("Master", "Slave", "Channel_Name");
    static final StatusColumns NEW_MYSQL = new StatusColumns("Source", "Replica", "Channel_Name");
    static final StatusColumns MARIADB = new StatusColumns("Master", "Slave", "Connection_name");

    String sourceHost() {
        return source + "_Host";
    }

    String sourcePort() {
        return source + "_Port";
    }

    String sourceUser() {
        return source + "_User";
    }

    /** 0 before the first connection. */
    String sourceId() {
        return source + "_Server_Id";
    }

    /** MySQL 5.6 and later; empty before the first connection. */
    String sourceUuid() {
        return source + "_UUID";
    }

    String receiverRunning() {
        return replica + "_IO_Running";
    }

    String applierRunning() {
        return replica + "_SQL_Running";
    }

    /** What the applier is doing; MySQL 5.6, MariaDB 10.0 and later. */
    String applierState() {
        return replica + "_SQL_Running_State";
    }

    String readFile() {
        return source + "_Log_File";
    }

    String readOffset() {
        return "Read_" + source + "_Log_Pos";
    }

    String appliedFile() {
        return "Relay_" + source + "_Log_File";
    }

    String appliedOffset() {
        return "Exec_" + source + "_Log_Pos";
    }

    String lag() {
        return "Seconds_Behind_" + source;
    }

    String ssl() {
        return source + "_SSL_Allowed";
    }

    String sslChecked() {
        return source + "_SSL_Verify_Server_Cert";
    }
}
