/** How long a failover insists on reading the dead source's binary log. May use what {@code execution} may use. */
@NullMarked
package io.mha4j.execution.rescue;

import org.jspecify.annotations.NullMarked;
