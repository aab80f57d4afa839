/**
 * What a manager does beside watching: reading its configuration again when told to, and looking out for the old master
 * after a failover that it survived.
 *
 * <p>Hides signals and the threads that wait for something. May use all that commands may.
 */
@NullMarked
package io.mha4j.cli.watch;

import org.jspecify.annotations.NullMarked;
