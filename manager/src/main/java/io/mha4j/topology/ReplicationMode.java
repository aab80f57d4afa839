package io.mha4j.topology;

/** How the replicas of a tree are told where to continue when they get a new source. */
public enum ReplicationMode {
    /** By name and offset in the new source's binary log. */
    FILE_POSITION,
    /** MySQL: {@code SOURCE_AUTO_POSITION=1}. */
    MYSQL_GTID,
    /** MariaDB: {@code MASTER_USE_GTID}. */
    MARIADB_GTID;

    public boolean usesGtids() {
        return this != FILE_POSITION;
    }
}
