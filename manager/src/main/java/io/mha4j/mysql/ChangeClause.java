package io.mha4j.mysql;

import io.mha4j.base.Secret;

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

    ChangeClause secret(String name, Secret value) {
        sql = sql.plus(separator + name + "=").plus(value);
        separator = ", ";
        return this;
    }

    Sql end(String tail) {
        return sql.plus(tail);
    }
}
