/** Whether a replica still hears from a source that does not answer us; such a source is not dead. */
@NullMarked
package io.mha4j.monitor.received;

import org.jspecify.annotations.NullMarked;
