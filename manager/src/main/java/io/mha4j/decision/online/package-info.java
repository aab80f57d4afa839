/**
 * The online switch, decided: who becomes the source, what speaks against switching now, which steps follow and what
 * undoes each of them.
 *
 * <p>Pure: what was seen goes in, a ballot, objections and a plan come out. Gathering is the commands' work, carrying out
 * that of {@code execution.online}. May use {@code config}, {@code binlog}, {@code topology} and {@code decision}.
 */
@NullMarked
package io.mha4j.decision.online;

import org.jspecify.annotations.NullMarked;
