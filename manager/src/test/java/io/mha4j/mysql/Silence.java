package io.mha4j.mysql;

import io.mha4j.base.ServerId;
import java.sql.SQLException;

/** What is thrown where a server does not answer. */
public final class Silence {
    private Silence() {}

    public static MysqlException of(ServerId server) {
        SQLException silent = new SQLException("Connection refused", "08S01");
        return MysqlException.of(server, Login.DOING, DriverError.ofConnect(silent), silent);
    }
}
