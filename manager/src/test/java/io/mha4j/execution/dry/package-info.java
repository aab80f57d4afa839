/** Tests on real values. */
@NullMarked
package io.mha4j.execution.dry;

import org.jspecify.annotations.NullMarked;
