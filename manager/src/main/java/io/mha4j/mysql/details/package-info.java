/**
 * The questions of the checks, beyond those of a sweep: privileges, accounts, settings, clock.
 *
 * <p>Changes nothing on any server. Part of {@code mysql}, the only place with SQL.
 */
@NullMarked
package io.mha4j.mysql.details;

import org.jspecify.annotations.NullMarked;
