/** Tests of {@code decision.rejoin}. */
@NullMarked
package io.mha4j.decision.rejoin;

import org.jspecify.annotations.NullMarked;
