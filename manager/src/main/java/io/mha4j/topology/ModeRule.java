package io.mha4j.topology;

import io.mha4j.config.Application;
import java.util.List;

/**
 * Whether replicas can be re-pointed by GTID. MySQL as MHA 0.58 decides it ({@code get_gtid_status}): every living
 * server has {@code gtid_mode=ON}, every replica has executed something, and at least one replica uses auto-position or
 * {@code use_gtid_auto_pos=1}. MariaDB, which MHA knew by file and position only: every replica follows by GTID.
 */
final class ModeRule {
    private ModeRule() {}

    static ReplicationMode modeOf(Application application, List<ServerFacts> living, List<Replica> replicas) {
        if (living.stream().allMatch(f -> f.version().isMariadb())) {
            boolean byGtid = !replicas.isEmpty()
                    && replicas.stream().allMatch(r -> r.status().autoPosition());
            return byGtid ? ReplicationMode.MARIADB_GTID : ReplicationMode.FILE_POSITION;
        }
        boolean gtidsEverywhere = living.stream().allMatch(f -> !f.version().isMariadb() && f.gtidsOn());
        boolean executedSomething = replicas.stream()
                .allMatch(r -> r.facts().executed().filter(g -> !g.isEmpty()).isPresent());
        boolean wanted = replicas.stream()
                .anyMatch(r -> r.status().autoPosition()
                        || application.of(r.id()).policy().useGtidAutoPos());
        return gtidsEverywhere && executedSomething && wanted
                ? ReplicationMode.MYSQL_GTID
                : ReplicationMode.FILE_POSITION;
    }
}
