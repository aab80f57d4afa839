/** Tests of {@code monitor.ssh}. */
@NullMarked
package io.mha4j.monitor.ssh;

import org.jspecify.annotations.NullMarked;
