/** Tests of {@code base}: what all others stand on. */
@NullMarked
package io.mha4j.base;

import org.jspecify.annotations.NullMarked;
