/**
 * The only place with SQL: sessions with one database server, what a sweep over all of them sees, and what is done to
 * replication.
 *
 * <p>Hides the driver, its errors, and the words that change with flavour and version ({@code SHOW SLAVE STATUS},
 * {@code SOURCE_HOST}, {@code ALL SLAVES}). Everything handed out is a value of {@code topology} or {@code binlog};
 * every failure is a {@link io.mha4j.mysql.MysqlException}; every call has a deadline. Secrets reach statements only
 * through {@code Sql}, which keeps a masked text beside the real one. May use {@code config}, {@code binlog},
 * {@code topology} and {@code archive}.
 */
@NullMarked
package io.mha4j.mysql;

import org.jspecify.annotations.NullMarked;
