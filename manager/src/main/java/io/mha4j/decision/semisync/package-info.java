/** What semi-synchronous replication proves of a source that died. Pure. */
package io.mha4j.decision.semisync;
