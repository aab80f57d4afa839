/**
 * The checker: what became of the recorded writes, whether servers hold the same, whom a replica follows.
 *
 * <p>Its findings are facts read from servers through plain connections; it trusts neither the manager's words nor its
 * exit code. What counts as lost, duplicated or unexpected is decided in {@link io.mha4j.lab.check.WriteComparison},
 * without a server.
 */
@NullMarked
package io.mha4j.lab.check;

import org.jspecify.annotations.NullMarked;
