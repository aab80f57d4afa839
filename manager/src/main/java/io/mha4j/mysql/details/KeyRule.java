package io.mha4j.mysql.details;

import io.mha4j.base.Deadline;
import io.mha4j.mysql.Row;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.Sql;
import io.mha4j.topology.ServerVersion;
import java.util.List;
import java.util.stream.Stream;

/** Whether a replica could prove a password of {@code caching_sha2_password} that its source does not have in its cache. */
final class KeyRule {
    private KeyRule() {}

    /** Whether its channel uses no TLS, has no key file and may not fetch the key; MySQL 8.0.4 and later know it. */
    static boolean isKeyless(ServerSession session, Deadline deadline) {
        ServerVersion version = session.version();
        if (!version.isMysqlFrom(8, 0, 4)) {
            return false;
        }
        boolean newWords = version.isMysqlFrom(8, 0, 22);
        List<Row> rows = session.query(Sql.of(newWords ? "SHOW REPLICA STATUS" : "SHOW SLAVE STATUS"), deadline);
        return rows.stream().anyMatch(row -> isKeyless(row, newWords ? "Source" : "Master"));
    }

    private static boolean isKeyless(Row row, String word) {
        boolean key = Stream.of("Get_" + word + "_public_key", word + "_public_key_path")
                .map(row::textOrEmpty)
                .anyMatch(v -> !v.isEmpty() && !v.equals("0") && !v.equals("No"));
        return !key && !row.textOrEmpty(word + "_SSL_Allowed").equals("Yes");
    }
}
