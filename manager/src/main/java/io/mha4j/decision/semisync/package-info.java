/** What semi-synchronous replication proves of a source that died. Pure. */
@NullMarked
package io.mha4j.decision.semisync;

import org.jspecify.annotations.NullMarked;
