/** Tests of {@code execution}. */
@NullMarked
package io.mha4j.execution;

import org.jspecify.annotations.NullMarked;
