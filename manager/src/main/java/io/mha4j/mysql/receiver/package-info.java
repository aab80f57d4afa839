/**
 * What is to be made of a receiver that does not reach its source: whether to go on waiting for it, and when to tell it to try again.
 *
 * <p>Judges what others saw; asks no server. May use {@code topology}.
 */
@NullMarked
package io.mha4j.mysql.receiver;

import org.jspecify.annotations.NullMarked;
