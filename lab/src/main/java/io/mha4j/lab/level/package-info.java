/**
 * Levelling of one replica in a process of its own, so that it can be killed, measured and kept to little memory, over a
 * connection that can be made to break.
 */
@NullMarked
package io.mha4j.lab.level;

import org.jspecify.annotations.NullMarked;
