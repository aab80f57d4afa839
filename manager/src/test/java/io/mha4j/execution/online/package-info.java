/** Tests of {@code execution.online}. */
@NullMarked
package io.mha4j.execution.online;

import org.jspecify.annotations.NullMarked;
