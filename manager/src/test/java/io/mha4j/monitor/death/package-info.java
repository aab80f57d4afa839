/** Tests of who looks for proof of a death, on fakes that behave and on this machine's own processes. */
@NullMarked
package io.mha4j.monitor.death;

import org.jspecify.annotations.NullMarked;
