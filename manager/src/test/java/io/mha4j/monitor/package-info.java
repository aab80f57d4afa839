/** Tests of the watching loop on a fake clock. */
@NullMarked
package io.mha4j.monitor;

import org.jspecify.annotations.NullMarked;
