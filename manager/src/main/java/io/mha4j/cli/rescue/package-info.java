/**
 * Commands about rescued events and binary logs: {@code masterha archive} and {@code masterha binlog}.
 *
 * <p>They read, and {@code archive delete} deletes; none of them talks to a database server.
 */
@NullMarked
package io.mha4j.cli.rescue;

import org.jspecify.annotations.NullMarked;
