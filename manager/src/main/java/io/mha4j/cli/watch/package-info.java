/**
 * The watching of a manager: of its source; beside that, reading its configuration again when told to; and of old masters, for as
 * long as it runs or as a guard.
 *
 * <p>Hides signals and the threads that wait for something. May use all that commands may.
 */
@NullMarked
package io.mha4j.cli.watch;

import org.jspecify.annotations.NullMarked;
