/** Tests of the replicas' say. */
@NullMarked
package io.mha4j.monitor.received;

import org.jspecify.annotations.NullMarked;
