/**
 * {@code masterha topology}: the tree as one sweep sees it, for people and as JSON. Changes nothing.
 *
 * <p>May use {@code config}, {@code binlog}, {@code topology}, {@code monitor}, {@code mysql} and {@code report}.
 */
@NullMarked
package io.mha4j.cli.topology;

import org.jspecify.annotations.NullMarked;
