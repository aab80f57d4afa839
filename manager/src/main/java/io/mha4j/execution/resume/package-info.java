/**
 * A failover whose manager died in the middle: what its journal says, whether the servers still stand where it left them, and
 * taking it back where only replication threads were touched. Going on with it is {@link io.mha4j.execution.Failover}'s.
 */
@NullMarked
package io.mha4j.execution.resume;

import org.jspecify.annotations.NullMarked;
