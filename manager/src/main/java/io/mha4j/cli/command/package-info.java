/**
 * What every command stands on: its options and their syntax, the terminal, the configuration files it names, the clocks.
 *
 * <p>Hides how command lines are parsed and help is laid out. Knows no single command. May use {@code base}, {@code config},
 * {@code settings} and {@code remote}.
 */
@NullMarked
package io.mha4j.cli.command;

import org.jspecify.annotations.NullMarked;
