package io.mha4j.topology;

import io.mha4j.base.ServerId;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A legal replication tree, as far as this application manages it.
 *
 * @param source         who is, or until its death was, the source
 * @param sourceAlive    whether it answered the sweep
 * @param replicas       living replicas of the source that can take part, each with its replication status
 * @param failedReplicas living replicas whose applier stopped with an error
 * @param dead           servers that did not answer, the source among them when it is dead
 * @param unmanaged      living servers of lower tiers, left alone
 * @param mode           how positions are told and compared
 */
public record ManagedTree(
        ServerId source,
        boolean sourceAlive,
        SortedMap<ServerId, ReplicaStatus> replicas,
        List<ServerId> failedReplicas,
        List<ServerId> dead,
        List<ServerId> unmanaged,
        Mode mode) {
    public ManagedTree {
        replicas = Collections.unmodifiableSortedMap(new TreeMap<>(replicas));
        failedReplicas = List.copyOf(failedReplicas);
        dead = List.copyOf(dead);
        unmanaged = List.copyOf(unmanaged);
    }

    /** How replicas are re-pointed. */
    public enum Mode {
        /** By file and offset in the source's binary log. */
        FILE_POSITION,
        /** By MySQL's GTID auto-position. */
        MYSQL_GTID,
        /** By MariaDB's {@code gtid_slave_pos}. */
        MARIADB_GTID
    }
}
