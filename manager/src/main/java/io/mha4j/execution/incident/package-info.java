/**
 * Makes the record of a failover from its journal and its end. May use what {@code execution} may; writes nothing itself.
 */
@NullMarked
package io.mha4j.execution.incident;

import org.jspecify.annotations.NullMarked;
