/**
 * The first moments of a command: what its logins will need is loaded by other threads while its own is still busy with
 * arguments and files, because most of what a short command takes is the loading of classes. Changes nothing about what a
 * command does, and hides which libraries those are.
 */
@NullMarked
package io.mha4j.cli.start;

import org.jspecify.annotations.NullMarked;
