package io.mha4j.mysql;

import io.mha4j.base.Deadline;

/** MHA's {@code ping_type=INSERT}: proves that a server takes writes by writing one row of MHA's own table. */
public final class WriteProbe {
    private final ServerSession session;

    public WriteProbe(ServerSession session) {
        this.session = session;
    }

    /** Writes the row, making database {@code infra} and table {@code chk_masterha} on the way, as MHA 0.58 does. */
    public void write(Deadline deadline) {
        session.execute(Sql.of("CREATE DATABASE IF NOT EXISTS infra"), deadline);
        session.execute(
                Sql.of("CREATE TABLE IF NOT EXISTS infra.chk_masterha (`key` TINYINT NOT NULL PRIMARY KEY,"
                        + " `val` INT(10) UNSIGNED NOT NULL DEFAULT '0') ENGINE=InnoDB"),
                deadline);
        session.execute(
                Sql.of("INSERT INTO infra.chk_masterha VALUES (1, UNIX_TIMESTAMP())"
                        + " ON DUPLICATE KEY UPDATE val = UNIX_TIMESTAMP()"),
                deadline);
    }
}
