/** Tests of who may act, with real processes. */
@NullMarked
package io.mha4j.ha;

import org.jspecify.annotations.NullMarked;
