/** Tests of the ways to a feed. */
@NullMarked
package io.mha4j.execution.level;

import org.jspecify.annotations.NullMarked;
