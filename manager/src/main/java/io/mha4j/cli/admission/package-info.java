/** Whether a failover may begin, and who hears that it may not: the same for the manager and by hand. */
@NullMarked
package io.mha4j.cli.admission;

import org.jspecify.annotations.NullMarked;
