/**
 * The commands: MHA's programs by their own names, and {@code masterha} with all of them as subcommands.
 *
 * <p>Here the option syntax of MHA meets typed options, everything is wired together, and results become texts and exit
 * codes. Only the class of the chosen command is loaded, so that small commands start fast: neither logging nor the
 * database driver unless the command needs them. May use every package; no package may use this one.
 */
@NullMarked
package io.mha4j.cli;

import org.jspecify.annotations.NullMarked;
