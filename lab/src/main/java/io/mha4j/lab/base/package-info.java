/**
 * What the rest of the lab stands on: its exception, waiting with a deadline, running a program on this machine.
 *
 * <p>Nothing here knows a database server. The only place of the lab that reads the monotonic tick or sleeps. May use
 * no other package of the lab.
 */
@NullMarked
package io.mha4j.lab.base;

import org.jspecify.annotations.NullMarked;
