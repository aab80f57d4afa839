/** Tests of what semi-synchronous replication proves. */
package io.mha4j.decision.semisync;
