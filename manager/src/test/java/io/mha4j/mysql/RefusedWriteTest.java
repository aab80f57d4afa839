package io.mha4j.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.ServerId;
import io.mha4j.mysql.details.WriteFailure;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class RefusedWriteTest {
    private static final ServerId SOURCE = new ServerId(1, "server1", "a", "10.0.0.1", 3306);

    @Test
    void a_privilege_that_our_account_lost_does_not_say_that_nobody_can_write() {
        assertThat(WriteFailure.of(refused(1142, "INSERT command denied to user 'mha'@'10.0.0.9'")))
                .isEmpty();
        assertThat(WriteFailure.of(refused(1044, "Access denied for user 'mha'@'10.0.0.9' to database 'infra'")))
                .isEmpty();
    }

    @Test
    void any_other_error_does() {
        assertThat(WriteFailure.of(refused(1021, "Disk full"))).hasValue("a disk is full: Disk full (error 1021)");
    }

    private static MysqlException refused(int code, String text) {
        Sql sql = Sql.of("INSERT INTO infra.chk_masterha VALUES (1, 2)");
        SQLException e = new SQLException(text, "42000", code);
        return MysqlException.of(SOURCE, sql.shown(), DriverError.ofStatement(e, sql, "mha"), e);
    }
}
