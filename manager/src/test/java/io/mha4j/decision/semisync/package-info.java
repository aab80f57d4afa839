/** Tests of what semi-synchronous replication proves. */
@NullMarked
package io.mha4j.decision.semisync;

import org.jspecify.annotations.NullMarked;
