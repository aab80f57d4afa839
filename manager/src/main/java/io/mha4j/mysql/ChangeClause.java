package io.mha4j.mysql;

import io.mha4j.base.Secret;
import io.mha4j.mysql.SourceTarget.Link;
import java.math.BigDecimal;
import java.time.Duration;

/** Builds the {@code NAME=value, ...} list of a statement. Used by one thread, once. */
final class ChangeClause {
    private Sql sql;
    private String separator = "";

    ChangeClause(String statement) {
        sql = Sql.of(statement);
    }

    ChangeClause text(String name, String value) {
        return plain(name, Sql.literal(value));
    }

    ChangeClause plain(String name, Object value) {
        sql = sql.plus(separator + name + "=" + value);
        separator = ", ";
        return this;
    }

    /** What a link says beside its delay, in the words that go with {@code source} ({@code MASTER} or {@code SOURCE}). */
    ChangeClause link(String source, Link link) {
        link.tls().ifPresent(tls -> plain(source + "_SSL", tls.used() ? 1 : 0));
        link.tls()
                .flatMap(SourceTarget.Tls::checked)
                .ifPresent(checked -> plain(source + "_SSL_VERIFY_SERVER_CERT", checked ? 1 : 0));
        link.retry().ifPresent(time -> plain(source + "_CONNECT_RETRY", time.toSeconds()));
        link.heartbeat().ifPresent(time -> plain(source + "_HEARTBEAT_PERIOD", seconds(time)));
        link.compression().ifPresent(names -> text(source + "_COMPRESSION_ALGORITHMS", names));
        return this;
    }

    /** With milliseconds, which is all that servers keep. */
    private static BigDecimal seconds(Duration time) {
        return BigDecimal.valueOf(time.toMillis(), 3);
    }

    ChangeClause secret(String name, Secret value) {
        sql = sql.plus(separator + name + "=").plus(value);
        separator = ", ";
        return this;
    }

    Sql end(String tail) {
        return sql.plus(tail);
    }
}
