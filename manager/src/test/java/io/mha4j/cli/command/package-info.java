/** Tests of the syntax of command lines. */
@NullMarked
package io.mha4j.cli.command;

import org.jspecify.annotations.NullMarked;
