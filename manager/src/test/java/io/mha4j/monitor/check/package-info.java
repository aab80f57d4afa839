/** Tests of what is looked at on hosts. */
@NullMarked
package io.mha4j.monitor.check;

import org.jspecify.annotations.NullMarked;
