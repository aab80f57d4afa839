/**
 * What the checks make of what they saw: findings with grade, cause and cure.
 *
 * <p>Pure: facts of servers, hosts and manager go in, findings come out. Gathering the facts is {@code monitor}'s work,
 * showing the findings the commands'. May use {@code config}, {@code binlog}, {@code topology} and {@code decision}.
 */
@NullMarked
package io.mha4j.decision.check;

import org.jspecify.annotations.NullMarked;
