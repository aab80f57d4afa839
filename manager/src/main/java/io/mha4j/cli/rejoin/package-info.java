/** The return of a master that was failed over from: the same for the command and for a manager that does it by itself. */
@NullMarked
package io.mha4j.cli.rejoin;

import org.jspecify.annotations.NullMarked;
