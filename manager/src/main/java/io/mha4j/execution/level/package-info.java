/**
 * The ways by which a replica comes to a feed of the manager.
 *
 * <p>Hides ports, forwards and addresses from the levelling itself. May use what {@code execution} may use.
 */
@NullMarked
package io.mha4j.execution.level;

import org.jspecify.annotations.NullMarked;
