/** Whether a source can be reached from elsewhere: other hosts ask it, and vote. */
@NullMarked
package io.mha4j.monitor.route;

import org.jspecify.annotations.NullMarked;
