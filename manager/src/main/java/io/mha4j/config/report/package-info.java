/**
 * Who is told by the program itself that a failover has ended: typed settings, filled in by {@code config}. No file, no
 * network.
 */
@NullMarked
package io.mha4j.config.report;

import org.jspecify.annotations.NullMarked;
